using BenchmarkDotNet.Attributes;
using FastCache.Bench.Workloads;
using FastCache.Table;
using FastCache.Timing;

namespace FastCache.Bench.Bdn;

/// <summary>The hash table of one shard alone, hashing included, beside a dictionary that nobody else may touch.</summary>
[MemoryDiagnoser]
public class TableBenchmarks
{
    private readonly KeyHasher<long> _hasher = new(comparer: null, seed: 1);
    private readonly object _value = new();
    private Table<long, object> _table = null!;
    private Dictionary<long, object> _dictionary = [];
    private long[] _present = [];
    private long[] _absent = [];
    private int _next;

    /// <remarks>Not a million: in one table of so many a neighbourhood can be full, for which a shard would evict.</remarks>
    public static IEnumerable<int> EntryCounts => BdnScale.Choose(small: [10_000], full: [1_000, 10_000, 100_000]);

    [ParamsSource(nameof(EntryCounts))]
    public int Entries { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _table = new Table<long, object>(TableSize.For(Entries, Entries), siblings: 1, TickCell.AtTheLast);
        _dictionary = new Dictionary<long, object>(Entries);
        for (int id = 1; id <= Entries; id++)
        {
            Insert(SplitMix64.Scramble(id));
            _dictionary.Add(SplitMix64.Scramble(id), _value);
        }

        _present = KeyFactory.Lookups<long>(firstId: 1, Entries);
        _absent = KeyFactory.Lookups<long>(1 + Entries, Entries);
    }

    [GlobalCleanup]
    public void Release()
    {
        Verify.That(_present.All(key => Read(key) == ReadOutcome.Hit), "A key has been lost.");
        Verify.That(_absent.All(key => Read(key) == ReadOutcome.Absent), "A key has not been removed.");
    }

    [Benchmark(Baseline = true)]
    public bool DictionaryRead() => _dictionary.TryGetValue(Next(_present), out _);

    [Benchmark]
    public void ReadPresent() => Verify.That(Read(Next(_present)) == ReadOutcome.Hit, "A key is missing.");

    [Benchmark]
    public void ReadAbsent() => Verify.That(Read(Next(_absent)) == ReadOutcome.Absent, "A key is there that should not.");

    [Benchmark]
    public void Update()
    {
        long key = Next(_present);
        KeyHash hash = HashOf(key);
        UpdateOutcome outcome = _table.TryUpdateFirst(key, hash, _value);
        if (outcome == UpdateOutcome.Changed)
        {
            int slot = Find(key, hash, out uint version);
            outcome = _table.TryUpdate(slot, version, _value);
        }

        Verify.That(outcome == UpdateOutcome.Updated, "A key was not updated.");
    }

    [Benchmark]
    public void InsertAndRemove() => Verify.That(_table.TryRemove(Insert(Next(_absent)), out _), "A key was not removed.");

    private int Insert(long key)
    {
        KeyHash hash = HashOf(key);
        int likely = _table.PrefetchInsert(hash);
        Verify.That(
            _table.TryInsert(key, hash, _value, lifetime: default, Tick.Never, referenced: 0, likely, out int slot),
            "There is no room for a key.");
        return slot;
    }

    /// <summary>As the cache reads: the home group first, and the rest if it must.</summary>
    private ReadOutcome Read(long key)
    {
        KeyHash hash = HashOf(key);
        ReadOutcome outcome = _table.ReadHome(key, hash).Outcome;
        return outcome == ReadOutcome.Changed
            ? _table.TryRead<KeyProbe<long>, Use>(new KeyProbe<long>(key, comparer: null), hash, out _, out _)
            : outcome;
    }

    private int Find(long key, KeyHash hash, out uint version) =>
        _table.Find(new KeyProbe<long>(key, comparer: null), hash, out version);

    private KeyHash HashOf(long key) => new(_hasher.HashBuiltIn(key));

    private long Next(long[] keys) => keys[_next++ & (keys.Length - 1)];
}
