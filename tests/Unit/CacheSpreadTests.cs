using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

/// <summary>A cache that is spread into a collection gives its entries and nothing else.</summary>
public sealed class CacheSpreadTests
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    [Fact]
    public void What_has_expired_and_is_not_reclaimed_leaves_no_empty_place()
    {
        var time = new ManualTimeProvider();
        using Cache<int, string> cache = new(new CacheOptions<int, string> { Capacity = 8, TimeProvider = time, PreciseExpiry = true });
        cache.Set(1, "one", new EntryOptions { ExpireAfterWrite = Life });
        cache.Set(2, "two");
        time.AdvanceAtOnce(Life);

        KeyValuePair<int, string>[] array = [.. cache];
        List<KeyValuePair<int, string>> list = [.. cache];

        KeyValuePair<int, string>[] expected = [new(2, "two")];
        Assert.Equal(expected, array);
        Assert.Equal(expected, list);
    }
}
