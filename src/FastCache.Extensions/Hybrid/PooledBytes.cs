using System.Buffers;

namespace FastCache.Extensions.Hybrid;

/// <summary>Bytes that are written one after the other into an array of a pool, which gets it back.</summary>
/// <remarks>Not thread-safe. What is longer than the limit throws, and leaves a mark.</remarks>
internal sealed class PooledBytes(ArrayPool<byte> pool) : IBufferWriter<byte>, IDisposable
{
    private const int FirstLength = 512;

    private byte[] _array = pool.Rent(FirstLength);
    private int _limit = int.MaxValue;

    /// <summary>How many there are.</summary>
    public int Length { get; private set; }

    /// <summary>Whether somebody has tried to write more than the limit.</summary>
    public bool IsOverLimit { get; private set; }

    public Span<byte> Span => _array.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => _array.AsMemory(0, Length);

    /// <summary>From here on as many more bytes may come.</summary>
    public void Limit(int further) => _limit = (int)Math.Min(int.MaxValue, (long)Length + further);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - Length);
        if (count > _limit - Length)
        {
            IsOverLimit = true;
            throw new InvalidOperationException("There are more bytes than a hybrid cache's MaximumPayloadBytes allows.");
        }

        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(Length);
    }

    public void Dispose()
    {
        byte[] array = _array;
        _array = [];
        Length = 0;
        if (array.Length > 0)
        {
            pool.Return(array);
        }
    }

    private void Reserve(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        if (_array.Length - Length >= Math.Max(1, sizeHint))
        {
            return;
        }

        byte[] larger = pool.Rent(checked((int)Math.Min(Array.MaxLength, Math.Max((long)Length + Math.Max(1, sizeHint), 2L * _array.Length))));
        Span.CopyTo(larger);
        pool.Return(_array);
        _array = larger;
    }
}
