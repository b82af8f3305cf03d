using System.Numerics;

namespace FastCache.Bench.Workloads;

/// <summary>
/// Keys drawn before anything is measured, in arrays whose length is a power of two so that they can be run through
/// again and again. The keys of ids 1 to n are the <see cref="SplitMix64.Scramble"/>d ids.
/// </summary>
internal static class KeySequence
{
    private const int ShortestLength = 1 << 20;
    private const int LongestLength = 1 << 24;

    /// <summary>Every one of the entries is equally likely.</summary>
    public static long[] Uniform(int entries, long seed)
    {
        SplitMix64 random = new(seed);
        long[] keys = new long[LengthFor(4L * entries)];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = SplitMix64.Scramble(1 + random.NextBelow(entries));
        }

        return keys;
    }

    /// <summary>Zipf over <paramref name="items"/> ids, the most frequent first: id 1 is the hottest.</summary>
    /// <param name="entries">
    /// Entries of the cache under test. The sequence is eight times as long, so that one lap holds more distinct keys
    /// than the cache, or else nothing would have to be evicted.
    /// </param>
    public static long[] Zipf(int entries, long items, long seed)
    {
        SplitMix64 random = new(seed);
        ZipfSampler ranks = new(items);
        long[] keys = new long[LengthFor(8L * entries)];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = SplitMix64.Scramble(1 + ranks.Next(ref random));
        }

        return keys;
    }

    /// <summary>No key occurs twice.</summary>
    public static long[] Distinct(int entries)
    {
        long[] keys = new long[ShortestLength];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = SplitMix64.Scramble(1L + entries + i);
        }

        return keys;
    }

    private static int LengthFor(long wanted) =>
        (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(wanted, ShortestLength, LongestLength));
}
