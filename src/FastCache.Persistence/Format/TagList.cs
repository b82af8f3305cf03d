using CommunityToolkit.HighPerformance.Buffers;
using FastCache.Tagging;

namespace FastCache.Persistence.Format;

/// <summary>The tags of a put: one behind the other, each with its length before it.</summary>
/// <param name="source">A list that is valid.</param>
internal ref struct TagList(ReadOnlySpan<byte> source)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private int _position;

    /// <summary>The bytes of a tag.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Whether there is one tag or more, and nothing else.</summary>
    public static bool IsValid(ReadOnlySpan<byte> source)
    {
        int position = 0;
        bool isValid = source.Length > 0;
        while (isValid && position < source.Length)
        {
            isValid = Varint.TryRead(source, ref position, out uint length)
                && length > 0
                && length <= (uint)(source.Length - position)
                && TextBytes.IsValid(source.Slice(position, (int)length));
            position += (int)length;
        }

        return isValid;
    }

    /// <summary>Writes the tags of an entry; how many bytes they take.</summary>
    public static int Write(TagSet tags, ArrayPoolBufferWriter<byte> destination)
    {
        int before = destination.WrittenCount;
        for (int index = 0; index < tags.Count; index++)
        {
            Span<byte> bytes = destination.GetSpan(Varint.MaxLength32 + TextBytes.MaxLengthOf(tags[index]));
            int length = TextBytes.Write(tags[index], bytes[Varint.MaxLength32..]);
            int begin = Varint.Write(bytes, (uint)length);
            bytes.Slice(Varint.MaxLength32, length).CopyTo(bytes[begin..]);
            destination.Advance(begin + length);
        }

        return destination.WrittenCount - before;
    }

    /// <summary>All of them as texts.</summary>
    public static string[] Read(ReadOnlySpan<byte> source)
    {
        // Most entries have none, and this is asked for each of a million.
        if (source.IsEmpty)
        {
            return [];
        }

        List<string> tags = [];
        var list = new TagList(source);
        while (list.MoveNext())
        {
            tags.Add(TextBytes.Read(list.Current));
        }

        return [.. tags];
    }

    public bool MoveNext()
    {
        if (_position == _source.Length)
        {
            return false;
        }

        Varint.TryRead(_source, ref _position, out uint length);
        Current = _source.Slice(_position, (int)length);
        _position += (int)length;
        return true;
    }
}
