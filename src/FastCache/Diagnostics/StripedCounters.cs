using System.Numerics;
using System.Runtime.CompilerServices;
using FastCache.Threading;

namespace FastCache.Diagnostics;

/// <summary>Hits and misses, counted in stripes that threads seldom share.</summary>
/// <remarks>
/// <para>Lossy: a count is a plain increment, so threads that share a stripe at the same moment lose counts. A thread that is alone
/// on its stripe loses none. docs/design/decisions.md, "Hits are counted in lossy stripes", has the figures.</para>
/// <para>A thread is known by where its stack lies: that costs no call, unlike a thread's static. One that runs at another
/// depth may count in another stripe, which changes nothing in the sums. A stripe is 128 bytes: processors fetch lines in
/// pairs.</para>
/// </remarks>
internal sealed class StripedCounters
{
    private const int LinesPerStripe = 2;
    private const int StripeSize = LinesPerStripe * CacheLineArray.LineSize;
    private const int StripesPerProcessor = 8;
    private const int MaxStripes = 256;
    private const int MissesOffset = sizeof(long);

    // A stack is at least so large, and a thread seldom uses more of it.
    private const int StackShift = 18;

    // 2^64 by the golden ratio: neighbouring stacks get stripes far from each other.
    private const ulong Spread = 0x9E3779B97F4A7C15;

    private readonly CacheLineArray _lines;
    private readonly int _shift;

    public StripedCounters()
        : this(Environment.ProcessorCount * StripesPerProcessor)
    {
    }

    /// <param name="stripes">How many, at least 2; rounded up to a power of two, and not more than 256.</param>
    public StripedCounters(int stripes)
    {
        int count = (int)Math.Min(MaxStripes, BitOperations.RoundUpToPowerOf2((uint)stripes));
        _lines = new CacheLineArray(count * LinesPerStripe, StripeSize);
        _shift = (sizeof(ulong) * 8) - BitOperations.Log2((uint)count);
    }

    /// <summary>Hits on all threads. O(stripes).</summary>
    public long Hits => Sum(offset: 0);

    /// <summary>Misses on all threads. O(stripes).</summary>
    public long Misses => Sum(MissesOffset);

    /// <summary>Counts a hit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddHit()
    {
        SharedMemory.IncrementLossy(ref At(CurrentStripe(), offset: 0));
        GC.KeepAlive(this);
    }

    /// <summary>Counts a miss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddMiss()
    {
        SharedMemory.IncrementLossy(ref At(CurrentStripe(), MissesOffset));
        GC.KeepAlive(this);
    }

    /// <remarks>In bounds: what is left after the shift is below the number of stripes.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SkipLocalsInit]
    private unsafe nint CurrentStripe()
    {
        byte here;
        return (nint)((((ulong)&here >> StackShift) * Spread) >> _shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref long At(nint stripe, nint offset)
        => ref Unsafe.As<byte, long>(ref _lines.At((stripe * StripeSize) + offset));

    private long Sum(nint offset)
    {
        long sum = 0;
        for (nint stripe = 0; stripe < _lines.Lines / LinesPerStripe; stripe++)
        {
            sum += SharedMemory.ReadAcquire(ref At(stripe, offset));
        }

        GC.KeepAlive(this);
        return sum;
    }
}
