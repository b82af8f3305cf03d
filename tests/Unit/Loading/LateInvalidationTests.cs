using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>A load that ends after an invalidation has looked for the key, and before it has looked for loads.</summary>
public class LateInvalidationTests
{
    private readonly TaskCompletionSource<string> _source = new();

    [Fact]
    public async Task A_remove_that_has_not_found_the_key_yet_removes_what_a_load_adds_meanwhile()
    {
        ScriptedComparer<int> comparer = ScriptedComparer<int>.AllCollide();
        using Cache<int, string> cache = TestCache.Of<int, string>(100, comparer: comparer);
        cache.Set(2, "in the way");
        Task<string> load = cache.GetOrAddAsync(1, (_, _) => _source.Task).AsTask();
        comparer.OnEquals = _ => EndLoad(comparer);

        cache.TryRemove(1);

        Assert.Equal("old", await load);
        Assert.False(cache.ContainsKey(1));
        cache.AssertConsistent();
    }

    [Fact]
    public async Task A_value_that_is_refused_removes_what_a_load_adds_meanwhile()
    {
        var expiry = new ScriptedExpiry<int, string> { OnUpdate = (_, _, _) => TimeSpan.Zero };
        using var cache = new Cache<int, string>(new CacheOptions<int, string> { Capacity = 100, Expiry = expiry });
        Task<string> load = cache.GetOrAddAsync(1, (_, _) => _source.Task).AsTask();
        expiry.OnCreate = (_, value) =>
        {
            if (value == "new")
            {
                _source.SetResult("old");
                return TimeSpan.Zero;
            }

            return TimeSpan.FromHours(1);
        };

        Assert.False(cache.Set(1, "new"));

        Assert.Equal("old", await load);
        Assert.False(cache.ContainsKey(1));
        cache.AssertConsistent();
    }

    private void EndLoad(ScriptedComparer<int> comparer)
    {
        comparer.OnEquals = null;
        _source.SetResult("old");
    }
}
