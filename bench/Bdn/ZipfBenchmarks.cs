using FastCache.Bench.Workloads;

namespace FastCache.Bench.Bdn;

/// <summary>Full caches, and Zipf-distributed keys of which they cannot hold all.</summary>
public abstract class ZipfBenchmarks : EvictingBenchmarks
{
    private const long Seed = 45;

    private long[] _keys = [];
    private long _next;

    /// <summary>How many times as many keys as entries there are; more than the two times that the caches were filled with.</summary>
    private protected abstract int Range { get; }

    public override void Fill()
    {
        base.Fill();
        _keys = KeySequence.Zipf(Entries, (long)Entries * Range, Seed);
    }

    public override void Release()
    {
        HashSet<long> filled = [.. Enumerable.Range(1, 2 * Entries).Select(static id => SplitMix64.Scramble(id))];
        IEnumerable<long> asked = _keys.Take((int)Math.Min(_next, _keys.Length));
        Verify.That(_next < EnoughToTell || asked.Any(key => !filled.Contains(key) && IsHeld(key)), "No miss has added its key.");
        base.Release();
    }

    private protected long NextKey() => _keys[_next++ & (_keys.Length - 1)];
}
