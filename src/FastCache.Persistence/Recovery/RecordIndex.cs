using FastCache.Persistence.Format;

namespace FastCache.Persistence.Recovery;

/// <summary>Where the records of a block begin, so that they can be read from the last to the first. Used for one block after the other.</summary>
internal sealed class RecordIndex
{
    private readonly List<int> _positions = [];

    public int Count => _positions.Count;

    /// <summary>Finds them; false if the block does not consist of so many.</summary>
    public bool TryBuild(ReadOnlySpan<byte> content, uint count)
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

    /// <summary>Reads a record of the block that this was built from.</summary>
    public RecordView Read(ReadOnlySpan<byte> content, int index)
    {
        var reader = new RecordReader(content) { Position = _positions[index] };
        reader.TryRead(out RecordView record);
        return record;
    }
}
