using Microsoft.Extensions.Caching.Hybrid;

namespace FastCache.Extensions.Hybrid;

/// <summary>Finds everything that is wrong with a hybrid cache's own settings.</summary>
internal static class HybridOptionsValidator
{
    private const HybridCacheEntryFlags AllFlags = HybridCacheEntryFlags.DisableLocalCache
        | HybridCacheEntryFlags.DisableDistributedCache
        | HybridCacheEntryFlags.DisableUnderlyingData
        | HybridCacheEntryFlags.DisableCompression;

    // An array has to have room for what comes with it.
    private const int LargestPayload = 1 << 30;

    public static IEnumerable<string> Faults(FastCacheHybridOptions options)
    {
        if (options.DefaultLocalExpiration <= TimeSpan.Zero)
        {
            yield return $"Hybrid.DefaultLocalExpiration is {options.DefaultLocalExpiration}; it must be positive.";
        }

        if ((options.DefaultFlags & ~AllFlags) != 0)
        {
            yield return $"Hybrid.DefaultFlags is {(int)options.DefaultFlags}; it must be of members of HybridCacheEntryFlags.";
        }

        if (options.MaximumKeyLength < 1)
        {
            yield return $"Hybrid.MaximumKeyLength is {options.MaximumKeyLength}; it must be at least 1.";
        }

        if (options.MaximumPayloadBytes is < 1 or > LargestPayload)
        {
            yield return $"Hybrid.MaximumPayloadBytes is {options.MaximumPayloadBytes}; it must be from 1 to {LargestPayload}.";
        }

        if (options.SecondLevelName is { } name && string.IsNullOrWhiteSpace(name))
        {
            yield return "Hybrid.SecondLevelName is empty; it must be the key of an IDistributedCache, or null.";
        }

        if (options.SecondLevelReadTimeout <= TimeSpan.Zero)
        {
            yield return $"Hybrid.SecondLevelReadTimeout is {options.SecondLevelReadTimeout}; it must be positive, or null.";
        }

        if (options.TagRefreshInterval <= TimeSpan.Zero)
        {
            yield return $"Hybrid.TagRefreshInterval is {options.TagRefreshInterval}; it must be positive.";
        }
    }
}
