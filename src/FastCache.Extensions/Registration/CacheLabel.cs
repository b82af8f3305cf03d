namespace FastCache.Extensions.Registration;

/// <summary>What a cache of the container is called where people read of it.</summary>
/// <param name="Name">The name that the application gave it; empty if it gave none.</param>
/// <param name="Kind">As what the application gets it: caches of different kinds may have the same name.</param>
internal readonly record struct CacheLabel(string Name, string Kind)
{
    public const string MemoryKind = "IMemoryCache";
    public const string DistributedKind = "IDistributedCache";
    public const string HybridKind = "HybridCache";

    /// <summary>The one of a <see cref="Cache{TKey, TValue}"/>.</summary>
    public static CacheLabel OfTyped<TKey, TValue>(string name) => new(name, $"Cache<{typeof(TKey).Name}, {typeof(TValue).Name}>");

    public override string ToString() => Name.Length == 0 ? Kind : $"{Kind} '{Name}'";
}
