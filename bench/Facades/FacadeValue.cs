namespace FastCache.Bench.Facades;

/// <summary>What the contestants keep: a reference, or bytes or a text that may be copied.</summary>
internal static class FacadeValue
{
    /// <param name="bytes">How many bytes; null for an object.</param>
    /// <param name="version">Tells it from another one.</param>
    public static object Create(int? bytes, byte version)
    {
        if (bytes is not { } length)
        {
            return new object();
        }

        byte[] value = new byte[length];
        value.AsSpan().Fill(version);
        return value;
    }

    /// <param name="version">Tells it from another one.</param>
    public static string CreateText(byte version) => new((char)('a' + version), count: 20);

    /// <summary>Whether that is what was written, or a copy; one of bytes is told by its length and its ends.</summary>
    public static bool IsSame(object? found, object written)
        => ReferenceEquals(found, written)
            || (found is string text && text == written as string)
            || (found is byte[] copy
                && written is byte[] original
                && copy.Length == original.Length
                && copy[0] == original[0]
                && copy[^1] == original[^1]);
}
