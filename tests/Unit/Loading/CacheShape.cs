namespace FastCache.Tests.Unit.Loading;

/// <summary>The kinds of caches that differ in how an entry is found, stored or admitted.</summary>
public enum CacheShape
{
    Plain,
    Colliding,
    Boxed,
    Weighed,
}
