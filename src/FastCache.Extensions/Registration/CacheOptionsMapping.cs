using FastCache.Table;

namespace FastCache.Extensions.Registration;

/// <summary>From settings to a cache's own options.</summary>
/// <remarks>
/// In two steps. What a delegate of the application may not want to say anything about comes before it; limits and lifetimes, which can be
/// said in several ways that exclude each other, after it, where it has said nothing.
/// </remarks>
internal static class CacheOptionsMapping
{
    public static CacheOptions<TKey, TValue> Begin<TKey, TValue>(FastCacheOptions settings, string? name, CacheSurroundings surroundings)
        where TKey : notnull
        => new()
        {
            Name = string.IsNullOrEmpty(name) ? null : name,
            Eviction = settings.EvictionPolicy,
            ExpiryJitter = settings.ExpirationJitter,
            PreciseExpiry = settings.PreciseExpiration,
            CountRequests = settings.TrackStatistics,
            TimeProvider = surroundings.TimeProvider,
            LogKeys = settings.LogKeys,
            LoggerFactory = surroundings.LoggerFactory,
            MeterFactory = surroundings.MeterFactory,
        };

    public static void Complete<TKey, TValue>(CacheOptions<TKey, TValue> options, FastCacheOptions settings)
        where TKey : notnull
    {
        ExpireByDefault(options, settings);
        if (options.Capacity != 0 || options.WeightLimit is not null)
        {
            return;
        }

        if (settings.TotalSize is not null || options.Weigher is not null)
        {
            LimitByWeight(options, settings);
        }
        else
        {
            options.Capacity = settings.Capacity;
        }
    }

    public static void ExpireByDefault<TKey, TValue>(CacheOptions<TKey, TValue> options, FastCacheOptions settings)
        where TKey : notnull
    {
        if (options.Expiry is null && options.ExpireAfterWrite is null && options.ExpireAfterAccess is null)
        {
            options.ExpireAfterWrite = settings.DefaultExpiration;
            options.ExpireAfterAccess = settings.DefaultSlidingExpiration;
        }
    }

    /// <summary>By sizes, or by a number of entries that weigh 1 each.</summary>
    public static void LimitByWeight<TKey, TValue>(CacheOptions<TKey, TValue> options, FastCacheOptions settings)
        where TKey : notnull
    {
        if (settings.TotalSize is { } size)
        {
            options.WeightLimit = size;
            options.MaxEntryWeight = settings.MaxEntrySize;
        }
        else
        {
            options.WeightLimit = settings.Capacity;
            options.ExpectedEntries = Math.Min(settings.Capacity, TableSize.MaxEntries);
        }
    }
}
