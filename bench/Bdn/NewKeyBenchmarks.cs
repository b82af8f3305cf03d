using FastCache.Bench.Workloads;

namespace FastCache.Bench.Bdn;

/// <summary>Full caches, and keys that they have never seen.</summary>
public abstract class NewKeyBenchmarks : EvictingBenchmarks
{
    private const long FirstId = 1L << 32;
    private const int LastFew = 1 << 20;

    private long _nextId = FirstId;
    private long _evicted;

    public override void Fill()
    {
        base.Fill();
        _evicted = Cache.Statistics.Evictions;
    }

    public override void Release()
    {
        // MemoryCache refuses many while it is over its limit, so not necessarily the very last.
        long oldest = Math.Max(FirstId, _nextId - LastFew);
        bool isAdded = false;
        for (long id = _nextId - 1; id >= oldest && !isAdded; id--)
        {
            isAdded = IsHeld(SplitMix64.Scramble(id));
        }

        Verify.That(isAdded || _nextId - FirstId < EnoughToTell, "The new keys were not added.");
        long evicted = Cache.Statistics.Evictions - _evicted;
        Verify.That(evicted == 0 || evicted == _nextId - FirstId, "Not every new key has cost an old one.");
        base.Release();
    }

    private protected long NewKey() => SplitMix64.Scramble(_nextId++);
}
