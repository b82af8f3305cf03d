using FastCache.Bench.Workloads;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Loading;

/// <summary>Loads of single keys: long keys to one reference, so that all bytes allocated are the cache's.</summary>
internal sealed class LoadWorkloads
{
    private const long Range = 10;
    private const long Seed = 46;

    private static readonly object Value = new();

    private readonly int _entries;
    private readonly int _operations;

    /// <param name="entries">Entries; where something is evicted also the capacity.</param>
    /// <param name="operations">Operations of a turn.</param>
    public LoadWorkloads(int entries, int operations)
    {
        _entries = entries;
        _operations = operations;
    }

    /// <summary>Every key is present: what it costs to ask by a factory, and by await.</summary>
    public LoadWorkload Hit()
    {
        // Room for every shard's fair share and more, so that nothing is evicted.
        Cache<long, object> cache = new(_entries + Math.Max(64, _entries / 8));
        for (int id = 1; id <= _entries; id++)
        {
            cache.Set(SplitMix64.Scramble(id), Value);
        }

        long[] keys = KeySequence.Uniform(_entries, Seed);
        return new LoadWorkload("hit", [
            Case("TryGet", keys, key => cache.TryGet(key, out object? value) ? value : null),
            Case("GetOrAdd", keys, key => cache.GetOrAdd(key, static _ => null!)),
            AsyncCase("GetOrAddAsync", keys, key => cache.GetOrAddAsync(key, static (_, _) => new ValueTask<object>(Value))),
        ]);
    }

    /// <summary>Zipf 0.99 over ten times the capacity: hits and misses as they come.</summary>
    public LoadWorkload ReadThrough() => Missing("readthrough", KeySequence.Zipf(_entries, _entries * Range, Seed), neverRepeats: false);

    /// <summary>Every key is new.</summary>
    public LoadWorkload Miss() => Missing("miss", KeySequence.Distinct(_entries), neverRepeats: true);

    private LoadWorkload Missing(string name, long[] keys, bool neverRepeats)
    {
        // Each with a cache of its own, and the first without single flight: read, make, add unless another was faster.
        Cache<long, object> racy = new(_entries);
        Cache<long, object> sync = new(_entries);
        Cache<long, object> async = new(_entries);
        Cache<long, object> cancellable = new(_entries);
        Cache<long, object> yielding = new(_entries);
        MemoryCache memory = new(new MemoryCacheOptions { SizeLimit = _entries });
        MemoryCacheEntryOptions oneUnit = new() { Size = 1 };
        CancellationTokenSource source = new();
        return new LoadWorkload(name, [
            Case("TryGet + factory + TryAdd", keys, neverRepeats, key => GetOrMake(racy, key)),
            Case("GetOrAdd", keys, neverRepeats, key => sync.GetOrAdd(key, static _ => Value)),
            AsyncCase("GetOrAddAsync", keys, neverRepeats, key => async.GetOrAddAsync(key, static (_, _) => new ValueTask<object>(Value))),
            AsyncCase("GetOrAddAsync, cancellable", keys, neverRepeats, key => cancellable.GetOrAddAsync(
                key, static (_, _) => new ValueTask<object>(Value), source.Token)),
            AsyncCase("GetOrAddAsync, factory yields", keys, neverRepeats, key => yielding.GetOrAddAsync(key, static async (_, _) =>
            {
                await Task.Yield();
                return Value;
            })),
            AsyncCase("MemoryCache.GetOrCreateAsync", keys, neverRepeats, key => new ValueTask<object>(memory.GetOrCreateAsync(
                key, static _ => Task.FromResult(Value), oneUnit)!)),
        ]);
    }

    private static object GetOrMake(Cache<long, object> cache, long key)
    {
        if (cache.TryGet(key, out object? value))
        {
            return value;
        }

        cache.TryAdd(key, Value);
        return Value;
    }

    private LoadCase Case(string contestant, long[] keys, Func<long, object?> get) => Case(contestant, keys, neverRepeats: false, get);

    private LoadCase AsyncCase(string contestant, long[] keys, Func<long, ValueTask<object>> get)
        => AsyncCase(contestant, keys, neverRepeats: false, get);

    private LoadCase Case(string contestant, long[] keys, bool neverRepeats, Func<long, object?> get)
    {
        LoadKeys sequence = new(keys, neverRepeats);
        return new LoadCase(contestant, _operations, () =>
        {
            long right = 0;
            for (int i = 0; i < _operations; i++)
            {
                right += ReferenceEquals(get(sequence.Next()), Value) ? 1 : 0;
            }

            return Task.FromResult(right);
        });
    }

    private LoadCase AsyncCase(string contestant, long[] keys, bool neverRepeats, Func<long, ValueTask<object>> get)
    {
        LoadKeys sequence = new(keys, neverRepeats);
        return new LoadCase(contestant, _operations, async () =>
        {
            long right = 0;
            for (int i = 0; i < _operations; i++)
            {
                right += ReferenceEquals(await get(sequence.Next()).ConfigureAwait(false), Value) ? 1 : 0;
            }

            return right;
        });
    }
}
