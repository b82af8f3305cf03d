using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FastCache.Diagnostics;
using FastCache.Expiration;
using FastCache.Journaling;
using FastCache.Loading;
using FastCache.Notifications;
using FastCache.Sharding;
using FastCache.Tagging;
using FastCache.Table;
using FastCache.Threading;

namespace FastCache;

/// <summary>
/// A bounded in-process cache: lock-free reads, near-optimal eviction, no allocation per entry.
/// </summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">
/// The type of the values. References and values of 1, 2, 4 or 8 bytes are stored in place and writing one allocates
/// nothing; a value of another size is copied to the heap by each write.
/// </typeparam>
/// <remarks>
/// <para>All members are thread-safe and may be called at any time, from factories and comparers' hash functions too. A
/// read takes no lock and waits for nobody, but for a write of the same entry under way if time limits that entry. A write
/// of a present key waits at most for another write of the same key; one that adds or removes takes a lock of its shard for a
/// fraction of a microsecond.</para>
/// <para>The number of entries is never above <see cref="Capacity"/>, at any instant: a cache that is full gives up an
/// entry before it takes a new one.</para>
/// <para>After <see cref="Dispose"/> the cache is empty: reads miss, and operations that would add throw
/// <see cref="ObjectDisposedException"/>.</para>
/// </remarks>
[DebuggerDisplay("Count = {Count}, Capacity = {Capacity}")]
[DebuggerTypeProxy(typeof(CacheDebugView<,>))]
public sealed partial class Cache<TKey, TValue> : IEnumerable<KeyValuePair<TKey, TValue>>, IDisposable, IAsyncDisposable
    where TKey : notnull
{
    // One of the two is in use, and which one is known when the code is compiled: see Cell.Holds.
    private readonly PinnedArray<Table<TKey, TValue>> _tables;
    private readonly PinnedArray<Table<TKey, StrongBox<TValue>>> _boxTables;

    private readonly KeyHasher<TKey> _hasher;
    private readonly Shard<TKey, TValue>[] _shards;
    private readonly nint _shardMask;
    private readonly MaintenanceActor _actor;
    private readonly CacheClock _clock;
    private readonly ExpiryRules<TKey, TValue> _rules;
    private readonly Journal<TKey, TValue>? _journal;
    private int _isClosed;
    private readonly Loader<TKey, TValue> _loader;
    private readonly LoadOptions _loading;

    /// <summary>Makes a cache with default options.</summary>
    /// <param name="capacity">The most entries that it holds at any instant; at least 1.</param>
    /// <exception cref="CacheOptionsException"><paramref name="capacity"/> is below 1.</exception>
    public Cache(int capacity)
        : this(new CacheOptions<TKey, TValue> { Capacity = capacity })
    {
    }

    /// <summary>Makes a cache.</summary>
    /// <param name="options">What it is to be like. Later changes to the object have no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="CacheOptionsException">Something is wrong with the options; every fault is named.</exception>
    public Cache(CacheOptions<TKey, TValue> options)
        : this(options, journal: null)
    {
    }

    /// <summary>Makes a cache that writes down what happens to it.</summary>
    internal Cache(CacheOptions<TKey, TValue> options, Journal<TKey, TValue>? journal)
    {
        ArgumentNullException.ThrowIfNull(options);
        CacheOptionsValidator.Validate(options);

        ulong seed = (ulong?)options.HashSeed ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        _hasher = new KeyHasher<TKey>(options.Comparer, seed);

        var layout = ShardLayout.For(options);
        _shardMask = layout.Count - 1;
        _tags = new TagRegistry(forgets: journal is null);
        _actor = new MaintenanceActor(layout.Count);
        _rules = new ExpiryRules<TKey, TValue>(options);
        _clock = new CacheClock(CoarseClock.For(options.TimeProvider), _actor, options.PreciseExpiry, _rules.ExaminesReads);
        _notifications = NotificationActor<TKey, TValue>.For(options);
        var setup = new ShardSetup<TKey, TValue>(_hasher.Comparer, options.Weigher, _rules, _clock, _actor, FlightPool.Create<TKey, TValue>())
        {
            Notifications = _notifications,
            Journal = journal,
            Tags = _tags,
        };
        _journal = journal;
        _loading = options.Loading;
        if (Cell.Holds<TValue>())
        {
            _tables = new PinnedArray<Table<TKey, TValue>>(layout.Count);
            _shards = ShardSet.CreateInPlace(options.Eviction, layout, setup, _tables);
        }
        else
        {
            _boxTables = new PinnedArray<Table<TKey, StrongBox<TValue>>>(layout.Count);
            _shards = ShardSet.CreateBoxed(options.Eviction, layout, setup, _boxTables);
        }

        _hasWeigher = options.Weigher is not null;
        _limit = options.WeightLimit ?? options.Capacity;

        Name = options.Name;
        _requests = options.CountRequests ? new StripedCounters() : null;
        _detour = (object?)_hasher.Comparer ?? _requests;
        _meter = CacheMeter.For(options.MeterFactory);
        _loads = new LoadTelemetry(_meter, Name, options.TimeProvider, options.CountRequests);
        _loader = new Loader<TKey, TValue>(options.TimeProvider, options.MaxBackgroundLoads, _loads, _requests);
        _measured = _meter.Caches.Add(this);
    }

    /// <summary>
    /// The entries now, with those that have expired, or were removed by a tag, and are not reclaimed yet. O(shards), exact while nobody
    /// writes, never above <see cref="Capacity"/> but after that was lowered.
    /// </summary>
    /// <remarks>
    /// Not how many an enumeration yields: that leaves out what has expired, and others write meanwhile. It is a <see langword="long"/> so
    /// that the compiler does not take it for that either where a cache is spread into a collection, as in <c>[.. cache]</c>.
    /// </remarks>
    public long Count
    {
        get
        {
            long count = 0;
            foreach (Shard<TKey, TValue> shard in _shards)
            {
                count += shard.Count;
            }

            return count;
        }
    }

    internal int ShardCount => _shards.Length;

    /// <summary>The loads that have not ended.</summary>
    internal int LoadsInProgress => _shards.Sum(static shard => shard.LoadsInProgress);

    /// <summary>How many wait for them.</summary>
    internal int LoadWaiters => _shards.Sum(static shard => shard.LoadWaiters);

    /// <summary>The memory that the timers of entries that expire take.</summary>
    internal long TimerBytes => _shards.Sum(static shard => shard.TimerBytes);

    /// <summary>Removes every entry. O(room for entries). Not atomic: an entry added meanwhile may stay.</summary>
    /// <remarks>
    /// An entry that was there when the call began and has not been added again is gone when it returns. What is being loaded meanwhile is
    /// not kept.
    /// </remarks>
    public void Clear()
    {
        long generation = 0;
        JournalRecord? record = _journal?.BeginClear(out generation);
        int cleared = 0;
        try
        {
            for (; cleared < _shards.Length; cleared++)
            {
                _shards[cleared].Clear(generation);
            }
        }
        finally
        {
            // Whoever is interrupted while he waits leaves no shard behind that the journal takes for cleared.
            for (; cleared < _shards.Length; cleared++)
            {
                _shards[cleared].Clear(generation);
            }
        }

        record?.Complete();
    }

    /// <summary>Empties the cache for good. Operations in progress on other threads end normally.</summary>
    /// <remarks>A removal listener is told of what was there, in the background.</remarks>
    public void Dispose()
    {
        _journal?.BeginClose();
        _actor.Stop();
        Close();
    }

    /// <summary>Empties the cache for good and waits for background work to end.</summary>
    /// <returns>
    /// A task that completes when nothing of the cache runs any more. It waits for a removal listener to be told everything, unless
    /// it is the listener who calls. Loads in the background are cancelled and not waited for: their factories are the application's.
    /// </returns>
    public async ValueTask DisposeAsync()
    {
        bool isListener = ListenerFlow.IsCurrent;
        _journal?.BeginClose();
        await _actor.DisposeAsync().ConfigureAwait(false);
        Close();
        if (_notifications is not null)
        {
            await _notifications.CompleteAsync(isListener).ConfigureAwait(false);
        }
    }

    /// <summary>Throws if internal structures contradict each other. Meaningful only while nobody writes.</summary>
    internal void AssertConsistent()
    {
        foreach (Shard<TKey, TValue> shard in _shards)
        {
            shard.AssertConsistent();
        }
    }

    private void Close()
    {
        // Release: whoever has seen a shard closed sees this. Pairs with IsClosed.
        SharedMemory.WriteRelease(ref _isClosed, 1);
        _meter.Caches.Remove(_measured);
        _clock.Close();
        _loader.Dispose();
        foreach (Shard<TKey, TValue> shard in _shards)
        {
            shard.Close();
        }

        // Of an empty cache that takes nothing any more there is no news.
        _notifications?.Complete();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private KeyHash Hash(TKey key)
    {
        ThrowIfNull(key);
        return new KeyHash(_hasher.Hash(key));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ThrowIfNull(TKey key)
    {
        if (!typeof(TKey).IsValueType)
        {
            ArgumentNullException.ThrowIfNull(key);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Shard<TKey, TValue> ShardOf(KeyHash hash) => _shards[hash.Shard(_shardMask)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private KeyProbe<TKey> Probe(TKey key) => new(key, _hasher.Comparer);
}
