using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Expiry;

/// <summary>A time to live is computed between the search for a key and its insertion: the key may be there by then.</summary>
public sealed class ExpiryOwnKeyTests
{
    private const int Key = 9;

    private static readonly Dictionary<string, (Action<Cache<int, string>> Write, string Left)> Writes = new()
    {
        ["Set"] = (cache => cache.Set(Key, "outside"), "outside"),
        ["TryAdd"] = (cache => Assert.False(cache.TryAdd(Key, "outside")), "inside"),
        ["AddOrUpdate"] = (cache => cache.AddOrUpdate(Key, "outside", (_, old) => old + ", outside"), "inside, outside"),
        ["GetOrAdd"] = (cache => cache.GetOrAdd(Key, _ => "outside"), "inside"),
    };

    public static TheoryData<string> Names => [.. Writes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_key_that_is_added_while_its_life_is_computed_has_one_entry(string write)
    {
        var expiry = new ScriptedExpiry<int, string>();
        using Cache<int, string> cache
            = ExpiringCache.Of<int, string>(new ManualTimeProvider(), options => options.Expiry = expiry);
        bool isFirst = true;
        expiry.OnCreate = (_, _) =>
        {
            if (isFirst)
            {
                isFirst = false;
                cache.Set(Key, "inside");
            }

            return TimeSpan.FromMinutes(1);
        };

        Writes[write].Write(cache);

        Assert.Equal(KeyValuePair.Create(Key, Writes[write].Left), Assert.Single(cache));
        Assert.Equal(1, cache.Count);
        cache.AssertConsistent();
    }
}
