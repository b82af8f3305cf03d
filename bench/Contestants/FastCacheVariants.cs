namespace FastCache.Bench.Contestants;

/// <summary>An option or two that FastCache is measured with and without.</summary>
internal interface IFastCacheVariant
{
    static abstract string Name { get; }

    static abstract void Apply(CacheOptions<long, object> options);
}

internal readonly struct Plain : IFastCacheVariant
{
    public static string Name => "FastCache";

    public static void Apply(CacheOptions<long, object> options)
    {
    }
}

/// <summary>Entries expire after their last write, long after the run.</summary>
internal readonly struct Expiring : IFastCacheVariant
{
    public static string Name => "FastCache, TTL";

    public static void Apply(CacheOptions<long, object> options) => options.ExpireAfterWrite = Lifetimes.Long;
}

/// <summary>The same, where every read asks for the time.</summary>
internal readonly struct PreciselyExpiring : IFastCacheVariant
{
    public static string Name => "FastCache, precise TTL";

    public static void Apply(CacheOptions<long, object> options)
    {
        options.ExpireAfterWrite = Lifetimes.Long;
        options.PreciseExpiry = true;
    }
}

/// <summary>Entries expire after their last access.</summary>
internal readonly struct Sliding : IFastCacheVariant
{
    public static string Name => "FastCache, sliding";

    public static void Apply(CacheOptions<long, object> options) => options.ExpireAfterAccess = Lifetimes.Long;
}

/// <summary>Every entry weighs one, and a weigher says so.</summary>
internal readonly struct Weighing : IFastCacheVariant
{
    public static string Name => "FastCache, weigher";

    public static void Apply(CacheOptions<long, object> options)
    {
        (options.WeightLimit, options.ExpectedEntries) = (options.Capacity, options.Capacity);
        options.Capacity = 0;
        options.Weigher = static (_, _) => 1;
    }
}

internal static class Lifetimes
{
    public static readonly TimeSpan Long = TimeSpan.FromHours(1);
}
