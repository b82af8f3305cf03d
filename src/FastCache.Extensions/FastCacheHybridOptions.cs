using Microsoft.Extensions.Caching.Hybrid;

namespace FastCache.Extensions;

/// <summary>Settings of a hybrid cache besides those that all caches have.</summary>
public sealed class FastCacheHybridOptions
{
    /// <summary>
    /// How long an entry is kept in this process that does not say itself. Null, the default: as long as it lives,
    /// <see cref="FastCacheOptions.DefaultExpiration"/>. Never longer than that.
    /// </summary>
    public TimeSpan? DefaultLocalExpiration { get; set; }

    /// <summary>What calls without flags of their own do not do. The default is none.</summary>
    public HybridCacheEntryFlags DefaultFlags { get; set; }

    /// <summary>The longest key, in characters. A call with a longer one is served without the cache. The default is 1,024.</summary>
    public int MaximumKeyLength { get; set; } = 1_024;

    /// <summary>
    /// The most bytes that a serialized value may have. A longer one is returned and not kept as bytes, in this process or in the second
    /// level. The default is 1,048,576.
    /// </summary>
    public int MaximumPayloadBytes { get; set; } = 1 << 20;

    /// <summary>
    /// The name, its key in the container, of the <c>IDistributedCache</c> that is the second level. Null, the default: the one that has
    /// none, if there is one.
    /// </summary>
    public string? SecondLevelName { get; set; }

    /// <summary>
    /// How long a read of the second level may take before the value counts as absent there. The default is two seconds; null: as long as it
    /// takes.
    /// </summary>
    public TimeSpan? SecondLevelReadTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long it may take until this process knows that another has removed by tag. As often, each tag that is in use is read from the
    /// second level. The default is five seconds.
    /// </summary>
    public TimeSpan TagRefreshInterval { get; set; } = TimeSpan.FromSeconds(5);
}
