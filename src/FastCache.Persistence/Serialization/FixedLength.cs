namespace FastCache.Persistence.Serialization;

/// <summary>The lengths of values that are all equally long.</summary>
internal static class FixedLength
{
    /// <exception cref="InvalidDataException">There are more bytes, or fewer.</exception>
    public static void Require(string format, int length, ReadOnlySpan<byte> source)
    {
        if (source.Length != length)
        {
            throw new InvalidDataException($"A {format} has {length} bytes, not {source.Length}.");
        }
    }
}
