using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Expiry;

/// <summary>A write whose moment has passed removes the value that there is, and no later one.</summary>
public class ExpiryRefusedWriteTests
{
    private const int Key = 1;
    private const int Other = 2;
    private static readonly EntryOptions Passed = new() { ExpireAt = DateTimeOffset.MinValue };

    [Fact]
    public void What_is_added_after_a_refused_write_has_removed_the_value_stays()
    {
        var provider = new ScriptedTimeProvider(new ManualTimeProvider());
        ScriptedComparer<int> comparer = ScriptedComparer<int>.AllCollide();
        using Cache<int, int> cache = ExpiringCache.Of<int, int>(provider, options => options.Comparer = comparer);
        cache.Set(Key, 1);
        bool wasAdded = false;
        provider.OnGetTimestamp = () =>
        {
            // Something of the same hash comes, so that the write is in doubt; and when it looks again, the key comes, too.
            provider.OnGetTimestamp = null;
            cache.Set(Other, 2);
            comparer.OnEquals = _ =>
            {
                comparer.OnEquals = null;
                wasAdded = cache.TryAdd(Key, 3);
            };
        };

        Assert.False(cache.Set(Key, 4, Passed));

        comparer.OnEquals = null;
        Assert.Equal(wasAdded, cache.ContainsKey(Key));
        Assert.Equal(1, cache.Statistics.RefusedAsExpired);
    }
}
