using FastCache.Sharding;
using FastCache.Table;

namespace FastCache;

/// <summary>Finds everything that is wrong with a cache's options.</summary>
internal static class CacheOptionsValidator
{
    /// <exception cref="CacheOptionsException">At least one option is out of its range.</exception>
    public static void Validate<TKey, TValue>(CacheOptions<TKey, TValue> options)
        where TKey : notnull
    {
        List<string> faults = [];
        AddFaults(options, faults);
        if (faults.Count > 0)
        {
            throw new CacheOptionsException(faults, nameof(options));
        }
    }

    /// <summary>Adds what is wrong to a list.</summary>
    public static void AddFaults<TKey, TValue>(CacheOptions<TKey, TValue> options, List<string> faults)
        where TKey : notnull
    {
        if (options.Weigher is null && options.WeightLimit is null)
        {
            ValidateCapacity(options, faults);
        }
        else
        {
            ValidateWeights(options, faults);
        }

        ValidateExpiry(options, faults);
        ValidateLoading(options, faults);
        if (!Enum.IsDefined(options.Eviction))
        {
            faults.Add($"Eviction is {(int)options.Eviction}; it must be a member of EvictionPolicy.");
        }

        if (options.Name is { Length: 0 })
        {
            faults.Add("Name is empty; it must have characters, or be null.");
        }
    }

    private static void ValidateCapacity<TKey, TValue>(CacheOptions<TKey, TValue> options, List<string> faults)
        where TKey : notnull
    {
        if (options.Capacity < 1)
        {
            faults.Add($"Capacity is {options.Capacity}; it must be at least 1.");
        }

        int capacity = Math.Max(1, options.Capacity);
        if (options.InitialCapacity < 0 || options.InitialCapacity > capacity)
        {
            faults.Add($"InitialCapacity is {options.InitialCapacity}; it must be from 0 to the capacity, {capacity}.");
        }

        RequireWeigher(options.MaxEntryWeight, nameof(options.MaxEntryWeight), faults);
        RequireWeigher(options.ExpectedEntries, nameof(options.ExpectedEntries), faults);
        ShardLayout.Validate(capacity, maxEntryWeight: 1, options.ShardCount, faults);
        if (options.ShardCount is { } count and > 0 && capacity / count >= TableSize.MaxEntries)
        {
            faults.Add($"Capacity is {capacity} and ShardCount {count}; a shard holds at most {TableSize.MaxEntries} entries.");
        }
    }

    private static void ValidateLoading<TKey, TValue>(CacheOptions<TKey, TValue> options, List<string> faults)
        where TKey : notnull
    {
        if (options.Loading is null)
        {
            faults.Add("Loading is null; LoadOptions.Default is what changes nothing.");
        }

        if (options.MaxBackgroundLoads < 1)
        {
            faults.Add($"MaxBackgroundLoads is {options.MaxBackgroundLoads}; it must be at least 1.");
        }
    }

    private static void RequireWeigher(int? option, string name, List<string> faults)
    {
        if (option is not null)
        {
            faults.Add($"{name} is {option}; it has a meaning only together with Weigher and WeightLimit.");
        }
    }

    private static void ValidateWeights<TKey, TValue>(CacheOptions<TKey, TValue> options, List<string> faults)
        where TKey : notnull
    {
        if (options.Weigher is null)
        {
            faults.Add($"WeightLimit is {options.WeightLimit} and Weigher is null; set both or neither.");
        }

        if (options.WeightLimit is null)
        {
            faults.Add("Weigher is set and WeightLimit is null; set both or neither.");
        }
        else if (options.WeightLimit < 1)
        {
            faults.Add($"WeightLimit is {options.WeightLimit}; it must be at least 1.");
        }

        if (options.Capacity != 0)
        {
            faults.Add(
                $"Capacity is {options.Capacity} beside a Weigher or WeightLimit; the limit is either a number of entries or a weight.");
        }

        long limit = Math.Max(1, options.WeightLimit ?? 1);
        if (options.MaxEntryWeight is { } heaviest && (heaviest < 1 || heaviest > limit))
        {
            faults.Add($"MaxEntryWeight is {heaviest}; it must be from 1 to the weight limit, {limit}.");
        }

        int maxEntries = TableSize.MaxEntries;
        if (options.ExpectedEntries is { } expected && (expected < 1 || expected > maxEntries))
        {
            faults.Add($"ExpectedEntries is {expected}; it must be from 1 to {maxEntries}.");
        }

        if (options.InitialCapacity < 0 || options.InitialCapacity > maxEntries)
        {
            faults.Add($"InitialCapacity is {options.InitialCapacity}; it must be from 0 to {maxEntries}.");
        }

        ShardLayout.Validate(limit, (int)Math.Clamp(options.MaxEntryWeight ?? 1, 1, limit), options.ShardCount, faults);
    }

    private static void ValidateExpiry<TKey, TValue>(CacheOptions<TKey, TValue> options, List<string> faults)
        where TKey : notnull
    {
        ValidateDuration(options.ExpireAfterWrite, nameof(options.ExpireAfterWrite), faults);
        ValidateDuration(options.ExpireAfterAccess, nameof(options.ExpireAfterAccess), faults);
        if (options.Expiry is not null && (options.ExpireAfterWrite is not null || options.ExpireAfterAccess is not null))
        {
            faults.Add("Expiry is set together with ExpireAfterWrite or ExpireAfterAccess; let Expiry compute both.");
        }

        if (options.ExpiryJitter < TimeSpan.Zero)
        {
            faults.Add($"ExpiryJitter is {options.ExpiryJitter}; it must not be negative.");
        }

        if (options.TimeProvider is null)
        {
            faults.Add("TimeProvider is null.");
        }
    }

    private static void ValidateDuration(TimeSpan? duration, string name, List<string> faults)
    {
        if (duration is { } set && !EntryOptions.IsDuration(set))
        {
            faults.Add($"{name} is {set}; it must be positive, or Timeout.InfiniteTimeSpan.");
        }
    }
}
