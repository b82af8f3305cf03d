using FastCache.Bench.Workloads;

namespace FastCache.Bench.HitRate;

/// <summary>Makes the <see cref="GeneratedWorkload"/>s. The same seed gives the same requests.</summary>
internal static class TraceGenerator
{
    // Keys that occur once are numbered from here, out of the way of all others.
    private const long FirstUniqueKey = 1L << 40;

    public static string NameOf(GeneratedWorkload workload) => workload switch
    {
        GeneratedWorkload.OneHit => "one-hit",
        _ => workload.ToString().ToLowerInvariant(),
    };

    public static Trace Generate(GeneratedWorkload workload, int capacity, int requests, long seed)
    {
        IEnumerable<long> keys = workload switch
        {
            GeneratedWorkload.Zipf => Zipf(capacity, seed),
            GeneratedWorkload.Scan => Scan(capacity, seed),
            GeneratedWorkload.Loop => Loop(capacity),
            GeneratedWorkload.Shift => Shift(capacity, seed),
            GeneratedWorkload.OneHit => OneHit(capacity, seed),
            _ => throw new ArgumentOutOfRangeException(nameof(workload), workload, null),
        };

        TraceBuilder builder = new(requests);
        foreach (long key in keys)
        {
            builder.Add(key);
            if (builder.IsFull)
            {
                break;
            }
        }

        return builder.Build(NameOf(workload));
    }

    private static IEnumerable<long> Zipf(int capacity, long seed)
    {
        SplitMix64 random = new(seed);
        ZipfSampler ranks = new(10L * capacity);
        while (true)
        {
            yield return ranks.Next(ref random);
        }
    }

    /// <summary>Four capacities of requests for the hot set, then a scan as long as the cache is large, and again.</summary>
    private static IEnumerable<long> Scan(int capacity, long seed)
    {
        SplitMix64 random = new(seed);
        long hotKeys = Math.Max(1, capacity * 9L / 10);
        long unique = FirstUniqueKey;
        while (true)
        {
            for (long i = 0; i < 4L * capacity; i++)
            {
                yield return random.NextBelow(hotKeys);
            }

            for (int i = 0; i < capacity; i++)
            {
                yield return unique++;
            }
        }
    }

    private static IEnumerable<long> Loop(int capacity)
    {
        long keys = capacity + Math.Max(1, capacity / 10);
        for (long i = 0; ; i++)
        {
            yield return i % keys;
        }
    }

    /// <summary>After every four capacities of requests a tenth of the ranks has got new keys.</summary>
    private static IEnumerable<long> Shift(int capacity, long seed)
    {
        SplitMix64 random = new(seed);
        long keys = 2L * capacity;
        ZipfSampler ranks = new(keys);
        for (long i = 0; ; i++)
        {
            long phase = i / (4L * capacity);
            long rank = ranks.Next(ref random);

            // Each rank changes its key every ten phases, and which ranks change differs from phase to phase.
            long generation = (phase + (SplitMix64.Scramble(rank) & long.MaxValue) % 10) / 10;
            yield return (generation * keys) + rank;
        }
    }

    private static IEnumerable<long> OneHit(int capacity, long seed)
    {
        SplitMix64 random = new(seed);
        ZipfSampler ranks = new(10L * capacity);
        long unique = FirstUniqueKey;
        while (true)
        {
            yield return (random.Next() & 1) == 0 ? ranks.Next(ref random) : unique++;
        }
    }
}
