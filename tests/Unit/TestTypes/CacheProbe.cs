using Xunit;

namespace FastCache.Tests.Unit.TestTypes;

/// <summary>Asks of a cache that everything still works.</summary>
internal static class CacheProbe
{
    /// <summary>Runs every kind of write through all shards' turns; a turn that was never given back would throw or hang.</summary>
    public static void AssertWorks(Cache<int, string> cache, int unusedKey = 1_000_000)
    {
        cache.AssertConsistent();
        Assert.False(cache.ContainsKey(unusedKey));
        Assert.True(cache.TryAdd(unusedKey, "a"));
        Assert.Equal("a", cache.GetOrAdd(unusedKey, _ => "b"));
        Assert.True(cache.TryUpdate(unusedKey, "c", "a"));
        Assert.Equal("d", cache.AddOrUpdate(unusedKey, "e", (_, _) => "d"));
        Assert.True(cache.Set(unusedKey, "f"));
        Assert.True(cache.TryRemove(unusedKey, out string? last));
        Assert.Equal("f", last);
        Assert.False(cache.ContainsKey(unusedKey));
        cache.AssertConsistent();
    }
}
