using FastCache.Sharding;

namespace FastCache;

/// <summary>Finds everything that is wrong with a cache's options.</summary>
internal static class CacheOptionsValidator
{
    /// <exception cref="CacheOptionsException">At least one option is out of its range.</exception>
    public static void Validate<TKey, TValue>(CacheOptions<TKey, TValue> options)
        where TKey : notnull
    {
        List<string> faults = [];
        if (options.Capacity < 1)
        {
            faults.Add($"Capacity is {options.Capacity}; it must be at least 1.");
        }

        int capacity = Math.Max(1, options.Capacity);
        if (options.InitialCapacity < 0 || options.InitialCapacity > capacity)
        {
            faults.Add($"InitialCapacity is {options.InitialCapacity}; it must be from 0 to the capacity, {capacity}.");
        }

        if (!Enum.IsDefined(options.Eviction))
        {
            faults.Add($"Eviction is {(int)options.Eviction}; it must be a member of EvictionPolicy.");
        }

        ShardLayout.Validate(capacity, options.ShardCount, faults);
        if (faults.Count > 0)
        {
            throw new CacheOptionsException(faults, nameof(options));
        }
    }
}
