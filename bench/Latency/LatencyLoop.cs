using System.Diagnostics;
using System.Runtime.CompilerServices;
using FastCache.Bench.Contestants;

namespace FastCache.Bench.Latency;

/// <summary>The mixed workload with a clock around every operation.</summary>
internal static class LatencyLoop
{
    private const int SetEvery = 4;

    /// <returns>How many lookups found the expected value.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Run<TContestant, TPace>(
        TContestant cache, ref TPace pace, ReadOnlySpan<long> keys, object value, LatencyHistogram latencies)
        where TContestant : struct, IContestant<TContestant>
        where TPace : struct, IPace
    {
        long hits = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            long key = keys[i];
            long start = pace.AwaitNext();
            if (i % SetEvery == 0 || !cache.TryGet(key, out object? found))
            {
                cache.Set(key, value);
            }
            else if (ReferenceEquals(found, value))
            {
                hits++;
            }

            latencies.Record(Stopwatch.GetTimestamp() - start);
        }

        return hits;
    }

    /// <summary>What the clock alone reads: two time stamps with nothing in between.</summary>
    public static LatencyHistogram MeasureTimer()
    {
        const int Samples = 1 << 18;
        LatencyHistogram latencies = new();
        for (int i = 0; i < Samples; i++)
        {
            long start = Stopwatch.GetTimestamp();
            latencies.Record(Stopwatch.GetTimestamp() - start);
        }

        return latencies;
    }
}
