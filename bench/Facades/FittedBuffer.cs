using System.Buffers;

namespace FastCache.Bench.Facades;

/// <summary>A buffer that is used again and again, exactly as long as what was last written to it.</summary>
internal sealed class FittedBuffer : IBufferWriter<byte>
{
    private byte[] _bytes = [];
    private int _written;

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        int needed = _written + Math.Max(1, sizeHint);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, 2 * _bytes.Length));
        }

        return _bytes.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>What was written, until the next write.</summary>
    public byte[] TakeWritten()
    {
        Array.Resize(ref _bytes, _written);
        _written = 0;
        return _bytes;
    }
}
