using System.Numerics;

namespace FastCache.Bench.Latency;

/// <summary>
/// Counts durations in buckets whose width grows with the duration, after the HdrHistogram: every power of two is split
/// into 32, so that a reading is at most 3.2 % too high and never too low. Recording allocates nothing.
/// </summary>
/// <remarks>
/// About 4 KB, of which a run touches a few hundred bytes: it must not push the cache under test out of the processor's.
/// Written by one thread.
/// </remarks>
internal sealed class LatencyHistogram
{
    private const int PrecisionBits = 5;
    private const int BucketsPerOctave = 1 << PrecisionBits;
    private const int LongestExponent = 37;
    private const int Buckets = (LongestExponent - PrecisionBits + 1) * BucketsPerOctave;

    private readonly uint[] _counts = new uint[Buckets];

    /// <summary>The longest duration, exactly.</summary>
    public long Max { get; private set; }

    public long Count { get; private set; }

    public void Record(long ticks)
    {
        _counts[BucketOf(ticks)]++;
        Count++;
        if (ticks > Max)
        {
            Max = ticks;
        }
    }

    public void Add(LatencyHistogram other)
    {
        for (int i = 0; i < Buckets; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
        Max = Math.Max(Max, other.Max);
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
        Max = 0;
    }

    /// <summary>The duration that the given share of all recorded ones does not exceed.</summary>
    public long Quantile(double share)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long seen = 0;
        for (int i = 0; i < Buckets; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return Math.Min(LongestOf(i), Max);
            }
        }

        return Max;
    }

    /// <summary>Below 64 every duration has its own bucket; from there the leading six bits and the length choose it.</summary>
    private static int BucketOf(long ticks)
    {
        ulong clamped = (ulong)Math.Clamp(ticks, 0, (1L << LongestExponent) - 1);
        int shift = Math.Max(0, BitOperations.Log2(clamped) - PrecisionBits);
        return (shift * BucketsPerOctave) + (int)(clamped >> shift);
    }

    private static long LongestOf(int bucket)
    {
        int shift = Math.Max(0, (bucket / BucketsPerOctave) - 1);
        long leading = bucket - ((long)shift * BucketsPerOctave);
        return ((leading + 1) << shift) - 1;
    }
}
