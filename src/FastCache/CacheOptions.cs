using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace FastCache;

/// <summary>How a <see cref="Cache{TKey, TValue}"/> is made. Read once, by the cache's constructor.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public sealed class CacheOptions<TKey, TValue>
    where TKey : notnull
{
    /// <summary>
    /// The most entries that the cache holds at any instant; at least 1. Required, unless there is a <see cref="Weigher"/>. Memory is
    /// taken as the cache fills.
    /// </summary>
    /// <remarks>
    /// The capacity is divided evenly over the shards and each shard keeps to its part, so a cache of many shards that is
    /// offered exactly its capacity of distinct keys may hold a fraction of a percent less.
    /// </remarks>
    public int Capacity { get; set; }

    /// <summary>
    /// Entries to make room for at once, from 0 to <see cref="Capacity"/>. Spares the first writers the growth of the
    /// tables. The default, 0, starts small.
    /// </summary>
    public int InitialCapacity { get; set; }

    /// <summary>
    /// What an entry weighs, from its key and value: bytes, rows, whatever <see cref="WeightLimit"/> counts. Null, the default: the
    /// cache counts entries.
    /// </summary>
    /// <remarks>
    /// Called once a write, outside any lock. What it throws passes through and nothing is stored; so does a negative weight, as an
    /// <see cref="InvalidOperationException"/>. An entry of weight 0 is pinned: it is never evicted to make room (only keys made
    /// to collide can push it out), but it expires and can be removed.
    /// </remarks>
    public Func<TKey, TValue, int>? Weigher { get; set; }

    /// <summary>The most that all entries may weigh together, at any instant; at least 1. Required with a <see cref="Weigher"/>.</summary>
    /// <remarks>Divided evenly over the shards; see <see cref="MaxEntryWeight"/>.</remarks>
    public long? WeightLimit { get; set; }

    /// <summary>
    /// The most that a single entry may weigh: a heavier one is not kept, <see cref="Cache{TKey, TValue}.Set(TKey, TValue)"/> returns
    /// false, and <see cref="CacheStatistics.RefusedAsTooHeavy"/> counts it. Each shard must have room for it, so it limits the number
    /// of shards. Null, the default: what a shard has room for.
    /// </summary>
    public int? MaxEntryWeight { get; set; }

    /// <summary>
    /// With a <see cref="Weigher"/>, how many entries the full cache will hold, roughly: the number of shards and the memory of the
    /// eviction policy follow from it. Null, the default: 10,000, or the weight limit if that is less.
    /// </summary>
    public int? ExpectedEntries { get; set; }

    /// <summary>How long after its last write an entry expires. Null, the default: it does not.</summary>
    /// <remarks>
    /// An entry never expires early. One that has expired is never returned: where time is coarse, which is the default, up to one
    /// tick of 50 milliseconds later, and as much as the timer is late; with <see cref="PreciseExpiry"/> not at all. Its
    /// place is reclaimed within a tick or two, without any traffic.
    /// </remarks>
    public TimeSpan? ExpireAfterWrite { get; set; }

    /// <summary>How long after its last read or write an entry expires: sliding. Null, the default: it does not.</summary>
    /// <remarks>
    /// Together with <see cref="ExpireAfterWrite"/> the earlier moment counts. Where time is coarse, reads are noted with the
    /// precision of the clock: if its timer is late, an entry may expire that much early, counted from the last read.
    /// </remarks>
    public TimeSpan? ExpireAfterAccess { get; set; }

    /// <summary>
    /// Computes how long each entry lives; an <see cref="IReadExpiry{TKey, TValue}"/> does so at every read too. Null, the
    /// default: nothing is computed. Not together with <see cref="ExpireAfterWrite"/> and <see cref="ExpireAfterAccess"/>.
    /// </summary>
    public IExpiry<TKey, TValue>? Expiry { get; set; }

    /// <summary>
    /// Up to this much, at random, is added to each duration that is counted from a write, so that entries written together
    /// do not expire together. The default is zero.
    /// </summary>
    public TimeSpan ExpiryJitter { get; set; }

    /// <summary>
    /// Whether the time is asked for at every read of an entry that expires, so that none is returned late: a call of
    /// the time provider a hit. The default, false, reads a coarse clock that moves every 50 milliseconds.
    /// </summary>
    public bool PreciseExpiry { get; set; }

    /// <summary>
    /// Where time comes from. The default is <see cref="TimeProvider.System"/>. Caches of one provider share a clock, and its
    /// timer, which runs while entries of theirs may expire.
    /// </summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// How values are loaded by calls that do not say it themselves. Also how long any entry that expires is kept stale, and when it is
    /// refreshed, whoever wrote it. The default is <see cref="LoadOptions.Default"/>.
    /// </summary>
    public LoadOptions Loading { get; set; } = LoadOptions.Default;

    /// <summary>
    /// The most loads that run in the background at a time; further ones are put off until the next hit asks for them. At least 1; the
    /// default is 64. A load that goes on after a soft time limit does not count.
    /// </summary>
    public int MaxBackgroundLoads { get; set; } = 64;

    /// <summary>
    /// Is told of every value that leaves the cache, once, whatever the reason. Null, the default: nobody is.
    /// </summary>
    /// <remarks>
    /// <para>Called in the background, one call at a time, outside any lock, soon after the value has left; for one key in the order
    /// of what happened to it. It may do anything, also write to the cache or dispose it. What it throws is counted and logged to
    /// <see cref="LoggerFactory"/>, and the next call is made.</para>
    /// <para>No event is lost. A writer that finds more than 65,536 events waiting for the listener waits, after its write, until it
    /// has worked off half of them; so a listener must not wait for such a writer. What it writes itself never waits.</para>
    /// <para>Dispose notifies of everything that was in the cache, and waits for the listener only if it is asynchronous. A cache
    /// that is forgotten without having been disposed notifies of nothing more.</para>
    /// <para>Replacing a value takes a lock of its shard then, as adding one does.</para>
    /// </remarks>
    public RemovalListener<TKey, TValue>? RemovalListener { get; set; }

    /// <summary>
    /// Of which values the listener is told; null: of all. Asked inside a turn, so it is never code of the application's, looks at the
    /// value's fields and nothing else, and does not throw.
    /// </summary>
    internal Func<TValue, bool>? RemovalFilter { get; set; }

    /// <summary>
    /// Where failures of the application's own code in the background are logged. Never values, and keys only if <see cref="LogKeys"/>
    /// allows it. Null: nowhere.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>
    /// Whether what is logged of an entry says its key, which may be a name, an address or a secret. The default is false.
    /// </summary>
    public bool LogKeys { get; set; }

    /// <summary>Which entries a full cache gives up. The default is <see cref="EvictionPolicy.Frecency"/>.</summary>
    public EvictionPolicy Eviction { get; set; }

    /// <summary>
    /// How keys are compared; null means the key type's default, and ordinal comparison for strings.
    /// </summary>
    /// <remarks>
    /// Its methods are called outside any lock. They may block, call back into the cache, or throw, which fails the
    /// operation and nothing else.
    /// </remarks>
    public IEqualityComparer<TKey>? Comparer { get; set; }

    /// <summary>
    /// In how many independently written parts the cache is divided: a power of two up to 65,536 and to
    /// <see cref="Capacity"/>. Null, the default, derives it from the number of processors, with at least 512 entries a
    /// shard and a single shard below 1,024 entries.
    /// </summary>
    public int? ShardCount { get; set; }

    /// <summary>
    /// Fixes the seed of the key hash, so that tests and benchmarks repeat. Null, the default, draws a random one:
    /// whoever can choose keys can then not choose colliding ones.
    /// </summary>
    public long? HashSeed { get; set; }

    /// <summary>
    /// Whether hits and misses are counted, for <see cref="CacheStatistics.Hits"/> and <c>dotnet.cache.requests</c>, and the time that
    /// loads take is summed up, for <see cref="CacheStatistics.TotalLoadTime"/>: a few nanoseconds a read and two clock calls a load. The
    /// default is false. All else is always counted.
    /// </summary>
    public bool CountRequests { get; set; }

    /// <summary>
    /// What the cache is called in metrics and traces: their attribute <c>dotnet.cache.name</c>. Null, the default: it has no name and
    /// the attribute is left out. Not empty.
    /// </summary>
    /// <remarks>
    /// Caches of the same name, and caches without one, are measured together: their numbers are added up, and the sum falls when
    /// one of them is disposed or collected. Give each cache that is to be told apart a name of its own.
    /// </remarks>
    public string? Name { get; set; }

    /// <summary>
    /// Makes the meter, named <c>FastCache</c>, that measures the cache. Null, the default: one that all such caches of the process
    /// share. The cache does not dispose of the meter.
    /// </summary>
    /// <remarks>Caches with the same meter share its instruments; a factory that returns the same meter again is the usual one.</remarks>
    public IMeterFactory? MeterFactory { get; set; }
}
