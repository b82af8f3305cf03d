using System.Numerics;
using FastCache.Bench.Workloads;

namespace FastCache.Bench.Facades;

/// <summary>Keys drawn once, one after the other, again and again.</summary>
internal sealed class RepeatedFacadeKeys : FacadeKeys
{
    private const int ShortestLength = 1 << 20;
    private const int ReadThroughRange = 10;
    private const long Seed = 47;

    private readonly string[] _keys;
    private int _next;

    private RepeatedFacadeKeys(int items, long wanted, Func<SplitMix64, IEnumerable<long>> draw)
    {
        // Not the strings that are in the caches: comparing by reference would spare them a look at the characters.
        string[] distinct = [.. Enumerable.Range(1, items).Select(static id => Of(id))];
        int length = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(ShortestLength, wanted));
        _keys = [.. draw(new SplitMix64(Seed)).Take(length).Select(id => distinct[id - 1])];
    }

    /// <summary>The keys of ids 1 to <paramref name="entries"/>, each equally likely.</summary>
    public static RepeatedFacadeKeys Uniform(int entries, int perTurn)
        => new(entries, Math.Max(perTurn, 2L * entries), random => Repeat(() => 1 + random.NextBelow(entries)));

    /// <summary>Zipf 0.99 over ten times as many ids as there are entries, the most frequent first.</summary>
    public static RepeatedFacadeKeys Zipf(int entries, int perTurn)
    {
        int items = ReadThroughRange * entries;
        ZipfSampler ranks = new(items);
        return new RepeatedFacadeKeys(items, Math.Max(perTurn, 8L * entries), random => Repeat(() => 1 + ranks.Next(ref random)));
    }

    public override ReadOnlyMemory<string>[] Next(int threads, int perThread)
    {
        var batches = new ReadOnlyMemory<string>[threads];
        for (int thread = 0; thread < threads; thread++)
        {
            batches[thread] = _keys.AsMemory(_next, perThread);

            // Both are powers of two, and no turn is longer than the sequence.
            _next = (_next + perThread) & (_keys.Length - 1);
        }

        return batches;
    }

    private static IEnumerable<long> Repeat(Func<long> draw)
    {
        while (true)
        {
            yield return draw();
        }
    }
}
