using FastCache.Persistence;

namespace FastCache.Extensions;

/// <summary>The settings of a cache that can stand in a configuration file. Read once, when the cache is made.</summary>
/// <remarks>
/// Bound from the section <c>FastCache</c>, which speaks of all caches, then from <c>FastCache:Caches:NAME</c>, then what code says to
/// <c>AddFastCache</c> is applied. As environment variables: <c>FastCache__Capacity</c>, <c>FastCache__Caches__NAME__Capacity</c>.
/// </remarks>
public sealed class FastCacheOptions
{
    /// <summary>
    /// Whether the cache keeps anything. The default is true. If not, an <c>IMemoryCache</c> or <c>IDistributedCache</c> works and is
    /// always empty, a <c>HybridCache</c> always calls the factory, and no log is opened; a <see cref="Cache{TKey, TValue}"/> that is injected itself is not affected.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The most entries that the cache holds; at least 1. The default is 100,000. Of no meaning with a size limit.</summary>
    public int Capacity { get; set; } = 100_000;

    /// <summary>
    /// The most that the sizes of all entries may come to, in whatever unit the entries' sizes are; bytes where the cache measures them
    /// itself. At least 1. Null, the default: entries are counted. Not together with <see cref="SizeLimitMegabytes"/>.
    /// </summary>
    public long? SizeLimit { get; set; }

    /// <summary>The same in units of 1,048,576.</summary>
    public int? SizeLimitMegabytes { get; set; }

    /// <summary>
    /// With a size limit, the largest size of a single entry: a larger one is not kept. The limit is divided over parts of the cache, and
    /// each part must have room for it. Null, the default: what one part has room for.
    /// </summary>
    public int? MaxEntrySize { get; set; }

    /// <summary>
    /// How long an entry is kept that does not say itself when it expires. Null, the default: as long as there is room; in a
    /// <c>HybridCache</c>, five minutes.
    /// </summary>
    public TimeSpan? DefaultExpiration { get; set; }

    /// <summary>How long after its last access such an entry expires. Null, the default: it does not for that reason.</summary>
    public TimeSpan? DefaultSlidingExpiration { get; set; }

    /// <summary>
    /// How long entries of one sort are kept, by a name: that of what stands before the first colon of their string keys, in any case.
    /// The policy <c>document</c> speaks of <c>document:17</c> in an <c>IMemoryCache</c>, <c>IDistributedCache</c> or <c>HybridCache</c>, whose
    /// entries cannot slide, unless the entry says itself when it expires, and takes the place of the defaults. Code asks for it by
    /// <see cref="IFastCacheProvider.GetEntryOptions"/>. There are none by default.
    /// </summary>
    public IDictionary<string, FastCacheEntryPolicy> Policies { get; }
        = new Dictionary<string, FastCacheEntryPolicy>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Up to this much, at random, is added to durations counted from a write, so that what was written together does not expire together.
    /// </summary>
    public TimeSpan ExpirationJitter { get; set; }

    /// <summary>
    /// Whether the clock is asked at every read of an entry that expires. The default, false: an entry may be served up to 50 milliseconds
    /// longer.
    /// </summary>
    public bool PreciseExpiration { get; set; }

    /// <summary>
    /// Put before each key of an <c>IDistributedCache</c>, and of what is behind a <c>HybridCache</c>: several of them can be one cache. Costs
    /// a string a call. The default is empty.
    /// </summary>
    public string KeyPrefix { get; set; } = "";

    /// <summary>Which entries a full cache gives up. The default is <see cref="EvictionPolicy.Frecency"/>.</summary>
    public EvictionPolicy EvictionPolicy { get; set; }

    /// <summary>
    /// Whether hits and misses are counted, for <c>GetCurrentStatistics</c> and <c>dotnet.cache.requests</c>: a few nanoseconds a read.
    /// The default is true.
    /// </summary>
    public bool TrackStatistics { get; set; } = true;

    /// <summary>
    /// Whether what is logged of an entry, such as a callback that throws, says its key, which may be a name, an address or a secret. The
    /// default is false.
    /// </summary>
    public bool LogKeys { get; set; }

    /// <summary>
    /// Where logs are, from which caches come back after a restart: each in a directory below, named after its cache. Null, the default:
    /// there are none. Used by <c>IDistributedCache</c>, and by a cache that is added with a log.
    /// </summary>
    public string? PersistenceDirectory { get; set; }

    /// <summary>
    /// When a write to a log is safe. The default is <see cref="LogDurability.Interval"/>. With <see cref="LogDurability.EveryWrite"/>,
    /// writes of an <c>IDistributedCache</c> complete when they are on the disk.
    /// </summary>
    public LogDurability PersistenceDurability { get; set; }

    /// <summary>The most that a log takes on the disk, in units of 1,048,576 bytes; 256 at least. The default is 4,096.</summary>
    public int MaxLogMegabytes { get; set; } = 4_096;

    /// <summary>What only a hybrid cache has.</summary>
    public FastCacheHybridOptions Hybrid { get; } = new();

    /// <summary>The limit of sizes, if there is one.</summary>
    internal long? TotalSize => SizeLimit ?? ((long?)SizeLimitMegabytes << 20);
}
