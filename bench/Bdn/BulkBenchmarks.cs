using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using FastCache.Bench.Workloads;

namespace FastCache.Bench.Bdn;

/// <summary>Many keys by one call, beside a loop that does the same key by key. Times are of a whole batch.</summary>
[MemoryDiagnoser]
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory, BenchmarkLogicalGroupRule.ByParams)]
public class BulkBenchmarks
{
    private const int Batches = 64;
    private const int Capacity = 10_000;

    private readonly object _value = new();
    private long[][] _keys = [];
    private KeyValuePair<long, object>[][] _entries = [];
    private long _nextId;
    private int _next;

    private Cache<long, object> Cache { get; } = new(Capacity);

    public static IEnumerable<int> Sizes => BdnScale.Choose(small: [100], full: [10, 100, 1_000]);

    [ParamsSource(nameof(Sizes))]
    public int Batch { get; set; }

    /// <summary>Half of the cache is filled, so that nothing is evicted; the batches are of keys of that half.</summary>
    [GlobalSetup]
    public void Fill()
    {
        for (_nextId = 1; _nextId <= Capacity / 2; _nextId++)
        {
            Cache.Set(SplitMix64.Scramble(_nextId), _value);
        }

        long[] keys = [.. Enumerable.Range(1, Capacity / 2).Select(static id => SplitMix64.Scramble(id))];
        Random random = new(1);
        _keys = [.. Enumerable.Range(0, Batches).Select(_ => random.GetItems(keys, 2 * Batch).Distinct().Take(Batch).ToArray())];
        _entries = [.. _keys.Select(batch => batch.Select(key => KeyValuePair.Create(key, _value)).ToArray())];
    }

    [GlobalCleanup]
    public void Release() => Cache.Dispose();

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("get")]
    public void TryGetEach()
    {
        long[] keys = NextBatch(_keys);
        Dictionary<long, object> found = new(keys.Length);
        foreach (long key in keys)
        {
            if (Cache.TryGet(key, out object? value))
            {
                found[key] = value;
            }
        }

        VerifyAll(found.Count);
    }

    [Benchmark]
    [BenchmarkCategory("get")]
    public void GetMany() => VerifyAll(Cache.GetMany(NextBatch(_keys)).Count);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("set")]
    public void SetEach()
    {
        int kept = 0;
        foreach ((long key, object value) in NextBatch(_entries))
        {
            kept += Cache.Set(key, value) ? 1 : 0;
        }

        VerifyAll(kept);
    }

    [Benchmark]
    [BenchmarkCategory("set")]
    public void SetMany() => VerifyAll(Cache.SetMany(NextBatch(_entries)));

    /// <summary>The factory has its value ready. For a real one the difference is that it is asked once, not once a key.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("load")]
    public async Task GetOrAddEachAsync()
    {
        long[] keys = NewBatch();
        Dictionary<long, object> loaded = new(keys.Length);
        foreach (long key in keys)
        {
            loaded[key] = await Cache
                .GetOrAddAsync(key, static (_, value, _) => new ValueTask<object>(value), _value)
                .ConfigureAwait(false);
        }

        VerifyAll(loaded.Count);
    }

    [Benchmark]
    [BenchmarkCategory("load")]
    public async Task GetOrAddManyAsync()
    {
        int asked = 0;
        Dictionary<long, object> loaded = await Cache.GetOrAddManyAsync(
            NewBatch(),
            (keys, _) =>
            {
                asked = keys.Count;
                return new ValueTask<IEnumerable<KeyValuePair<long, object>>>([.. keys.Select(key => KeyValuePair.Create(key, _value))]);
            }).ConfigureAwait(false);
        VerifyAll(asked);
        VerifyAll(loaded.Count);
    }

    private T NextBatch<T>(T[] batches) => batches[_next++ & (Batches - 1)];

    /// <summary>Of keys that were never there; the cache evicts for them once it is full.</summary>
    private long[] NewBatch()
    {
        long[] keys = new long[Batch];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = SplitMix64.Scramble(_nextId++);
        }

        return keys;
    }

    private void VerifyAll(int count) => Verify.That(count == Batch, "Not all of the batch was dealt with.");
}
