using BenchmarkDotNet.Attributes;
using FastCache.Bench.Contestants;
using FastCache.Bench.Workloads;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Bdn;

/// <summary>Caches whose entries expire an hour after the run, in one way or another, beside the same without.</summary>
public abstract class ExpiringBenchmarks : SizedBenchmarks
{
    private long[] _keys = [];
    private int _next;

    private protected FastCacheContestant<Plain> Unlimited { get; private set; }

    private protected FastCacheContestant<Expiring> ByTtl { get; private set; }

    private protected FastCacheContestant<PreciselyExpiring> ByPreciseTtl { get; private set; }

    private protected FastCacheContestant<Sliding> BySliding { get; private set; }

    private protected MemoryCache Memory { get; private set; } = null!;

    private protected object Value { get; } = new();

    private protected static MemoryCacheEntryOptions OneUnit { get; } = new() { Size = 1 };

    private protected static MemoryCacheEntryOptions OneUnitByTtl { get; } =
        new() { Size = 1, AbsoluteExpirationRelativeToNow = Lifetimes.Long };

    private protected static MemoryCacheEntryOptions OneUnitBySliding { get; } = new() { Size = 1, SlidingExpiration = Lifetimes.Long };

    [GlobalSetup]
    public void Fill() => Fill(OneUnit);

    /// <param name="memoryOptions">How the entries of MemoryCache are kept.</param>
    private protected void Fill(MemoryCacheEntryOptions memoryOptions)
    {
        // A quarter stays free: a sharded cache is full when its fullest shard is.
        CacheShape shape = new(Entries + (Entries / 4));
        Unlimited = FastCacheContestant<Plain>.Create(shape);
        ByTtl = FastCacheContestant<Expiring>.Create(shape);
        ByPreciseTtl = FastCacheContestant<PreciselyExpiring>.Create(shape);
        BySliding = FastCacheContestant<Sliding>.Create(shape);
        Memory = new MemoryCache(new MemoryCacheOptions { SizeLimit = shape.Capacity });
        for (int id = 1; id <= Entries; id++)
        {
            long key = SplitMix64.Scramble(id);
            Unlimited.Set(key, Value);
            ByTtl.Set(key, Value);
            ByPreciseTtl.Set(key, Value);
            BySliding.Set(key, Value);
            Memory.Set(key, Value, memoryOptions);
        }

        _keys = KeyFactory.Lookups<long>(firstId: 1, Entries);
        VerifyFull();
    }

    [GlobalCleanup]
    public void Release()
    {
        VerifyFull();
        Unlimited.Dispose();
        ByTtl.Dispose();
        ByPreciseTtl.Dispose();
        BySliding.Dispose();
        Memory.Dispose();
    }

    private protected long NextKey() => _keys[_next++ & (_keys.Length - 1)];

    private void VerifyFull() => Verify.That(
        Unlimited.Count == Entries && ByTtl.Count == Entries && ByPreciseTtl.Count == Entries && BySliding.Count == Entries
            && Memory.Count == Entries,
        "Not every key is resident: something has expired or was evicted.");
}
