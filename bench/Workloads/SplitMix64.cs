namespace FastCache.Bench.Workloads;

/// <summary>
/// Steele, Lea and Flood's generator: the same numbers for the same seed on every machine and runtime, which
/// <see cref="Random"/> does not promise.
/// </summary>
internal struct SplitMix64(long seed)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong _state = (ulong)seed;

    public ulong Next() => Mix(_state += GoldenGamma);

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, bound).</summary>
    public long NextBelow(long bound) => (long)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>
    /// Turns the ids 1, 2, 3 ... into keys without any order, one to one: sequential keys would fall into neighbouring
    /// buckets of a <see cref="System.Collections.Concurrent.ConcurrentDictionary{TKey, TValue}"/>, as real keys do not.
    /// </summary>
    public static long Scramble(long id) => (long)Mix((ulong)id);

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
