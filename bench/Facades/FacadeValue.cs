namespace FastCache.Bench.Facades;

/// <summary>What the contestants keep: a reference, or bytes that may be copied.</summary>
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

    /// <summary>Whether that is what was written, or a copy, told by its length and its ends.</summary>
    public static bool IsSame(object? found, object written)
        => ReferenceEquals(found, written)
            || (found is byte[] copy
                && written is byte[] original
                && copy.Length == original.Length
                && copy[0] == original[0]
                && copy[^1] == original[^1]);
}
