using FastCache.Persistence.Format;

namespace FastCache.Persistence.Recovery;

/// <summary>Where the records of a block begin, so that they can be read in any order. Used again for each block.</summary>
internal sealed class BlockIndex
{
    private readonly List<int> _positions = [];

    public int Count => _positions.Count;

    /// <summary>Where a record begins.</summary>
    public int this[int index] => _positions[index];

    /// <summary>Finds the records of a block; false if it does not consist of so many.</summary>
    public bool TryRead(ReadOnlySpan<byte> content, uint count)
    {
        _positions.Clear();
        var reader = new RecordReader(content);
        while (!reader.IsAtEnd)
        {
            _positions.Add(reader.Position);
            if (!reader.TrySkip())
            {
                return false;
            }
        }

        return _positions.Count == count;
    }
}
