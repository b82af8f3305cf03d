namespace FastCache.Tests.Persistence.Simulation;

/// <summary>An immutable sequence of bytes, of which a longer one is made without a copy.</summary>
internal readonly struct SharedBytes
{
    private readonly AppendOnlyBuffer _buffer;

    private SharedBytes(AppendOnlyBuffer buffer, int length)
    {
        _buffer = buffer;
        Length = length;
    }

    public static SharedBytes Empty { get; } = new(new AppendOnlyBuffer(0), 0);

    public int Length { get; }

    public ReadOnlySpan<byte> Span => _buffer.Bytes.AsSpan(0, Length);

    public static SharedBytes Of(ReadOnlySpan<byte> bytes) => Empty.With(0, bytes);

    /// <summary>These bytes with others over them; zeros fill a gap.</summary>
    public SharedBytes With(int offset, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return this;
        }

        int end = Math.Max(Length, offset + bytes.Length);
        AppendOnlyBuffer buffer = _buffer;
        if (offset < Length || !buffer.TryClaim(Length, end))
        {
            buffer = new AppendOnlyBuffer(end + (end / 2));
            buffer.TryClaim(0, end);
            Span.CopyTo(buffer.Bytes);
        }

        bytes.CopyTo(buffer.Bytes.AsSpan(offset));
        return new SharedBytes(buffer, end);
    }
}
