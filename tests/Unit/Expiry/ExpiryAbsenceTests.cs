using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Expiry;

/// <summary>An entry that has expired counts as absent, whether or not it has been reclaimed.</summary>
public sealed class ExpiryAbsenceTests
{
    private static readonly EntryOptions Short = ExpiringCache.For(TimeSpan.FromMilliseconds(10));

    private static readonly Dictionary<string, Action<Cache<string, string>>> Operations = new()
    {
        ["TryGet"] = cache => Assert.False(cache.TryGet("key", out _)),
        ["TryPeek"] = cache => Assert.False(cache.TryPeek("key", out _)),
        ["ContainsKey"] = cache => Assert.False(cache.ContainsKey("key")),
        ["Touch"] = cache => Assert.False(cache.Touch("key")),
        ["TimeToLive"] = cache => Assert.Null(cache.TimeToLive("key")),
        ["Explain"] = cache => Assert.Null(cache.Explain("key")),
        ["GetMany"] = cache => Assert.Equal(["other"], cache.GetMany(["key", "other"]).Keys),
        ["enumeration"] = cache => Assert.Equal("other", Assert.Single(cache).Key),
        ["Hottest"] = cache => Assert.Equal("other", Assert.Single(cache.Hottest(10)).Key),
        ["Coldest"] = cache => Assert.Equal("other", Assert.Single(cache.Coldest(10)).Key),
        ["TryUpdate"] = cache => Assert.False(cache.TryUpdate("key", "new")),
        ["TryUpdate if"] = cache => Assert.False(cache.TryUpdate("key", "new", "old")),
        ["TryRemove"] = cache => Assert.False(cache.TryRemove("key")),
        ["TryRemove value"] = cache =>
        {
            Assert.False(cache.TryRemove("key", out string? value));
            Assert.Null(value);
        },
        ["TryRemove pair"] = cache => Assert.False(cache.TryRemove(KeyValuePair.Create("key", "old"))),
        ["RemoveMany"] = cache => Assert.Equal(1, cache.RemoveMany(["key", "other"])),
        ["TrySetExpiry"] = cache => Assert.False(cache.TrySetExpiry("key", ExpiringCache.For(TimeSpan.FromDays(1)))),
        ["Set"] = cache => AssertNew(cache, cache.Set("key", "new")),
        ["Set with options"] = cache => AssertNew(cache, cache.Set("key", "new", ExpiringCache.For(TimeSpan.FromDays(1)))),
        ["TryAdd"] = cache => AssertNew(cache, cache.TryAdd("key", "new")),
        ["AddOrUpdate"] = cache => AssertNew(cache, cache.AddOrUpdate("key", "new", (_, old) => old + "!") == "new"),
        ["GetOrAdd"] = cache => AssertNew(cache, cache.GetOrAdd("key", _ => "new") == "new"),
        ["GetOrAdd with state"] = cache => AssertNew(cache, cache.GetOrAdd("key", (_, state) => state, "new") == "new"),
        ["span TryGet"] = cache => Assert.False(Spans(cache).TryGet("key", out _)),
        ["span TryPeek"] = cache => Assert.False(Spans(cache).TryPeek("key", out _)),
        ["span ContainsKey"] = cache => Assert.False(Spans(cache).ContainsKey("key")),
        ["span TryRemove"] = cache => Assert.False(Spans(cache).TryRemove("key")),
        ["span TryAdd"] = cache => AssertNew(cache, Spans(cache).TryAdd("key", "new")),
        ["span GetOrAdd"] = cache => AssertNew(cache, Spans(cache).GetOrAdd("key", _ => "new") == "new"),
    };

    private readonly ManualTimeProvider _time = new();

    public static TheoryData<string> Names => [.. Operations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_entry_that_nobody_has_reclaimed_is_absent(string operation)
    {
        foreach (EvictionPolicy policy in Enum.GetValues<EvictionPolicy>())
        {
            foreach (StringComparer? comparer in new[] { null, StringComparer.OrdinalIgnoreCase })
            {
                using Cache<string, string> cache = Make(policy, comparer, isPrecise: true);

                // Within the tick, so that no timer has come by.
                _time.Advance(TimeSpan.FromMilliseconds(10));
                Assert.Equal(2, cache.Count);
                Operations[operation](cache);

                Assert.False(cache.TryGet("key", out string? value) && value != "new");
                cache.AssertConsistent();
                _time.Advance(TimeSpan.FromMilliseconds(40));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_entry_whose_tick_has_come_is_absent(string operation)
    {
        foreach (StringComparer? comparer in new[] { null, StringComparer.Ordinal })
        {
            using Cache<string, string> cache = Make(EvictionPolicy.Frecency, comparer, isPrecise: false);

            _time.Advance(ExpiringCache.Tick);
            Operations[operation](cache);

            Assert.False(cache.TryGet("key", out string? value) && value != "new");
            cache.AssertConsistent();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_idle_entry_is_absent(string operation)
    {
        using Cache<string, string> cache = ExpiringCache.Of<string, string>(_time, options => options.PreciseExpiry = true);
        cache.Set("other", "stays");
        cache.Set("key", "old", ExpiringCache.Idle(TimeSpan.FromMilliseconds(5)));
        _time.Advance(TimeSpan.FromMilliseconds(4));
        Assert.True(cache.Touch("key"));

        _time.Advance(TimeSpan.FromMilliseconds(5));
        Operations[operation](cache);

        cache.AssertConsistent();
    }

    [Theory]
    [InlineData("TryGet")]
    [InlineData("TryPeek")]
    [InlineData("Touch")]
    [InlineData("TryAdd")]
    [InlineData("TryUpdate")]
    [InlineData("TryRemove")]
    [InlineData("TimeToLive")]
    [InlineData("TrySetExpiry")]
    [InlineData("span TryGet")]
    public void Whoever_finds_an_expired_entry_reclaims_it_at_once(string operation)
    {
        using Cache<string, string> cache = Make(EvictionPolicy.Frecency, comparer: null, isPrecise: true);
        _time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(0, cache.Statistics.Expirations);

        Operations[operation](cache);

        Assert.Equal(operation == "TryAdd" ? 2 : 1, cache.Count);
        Assert.Equal(1, cache.Statistics.Expirations);
        Assert.Equal(0, cache.Statistics.Evictions);
    }

    private Cache<string, string> Make(EvictionPolicy policy, StringComparer? comparer, bool isPrecise)
    {
        Cache<string, string> cache = ExpiringCache.Of<string, string>(_time, options =>
            (options.Eviction, options.Comparer, options.PreciseExpiry) = (policy, comparer, isPrecise));
        Assert.True(cache.Set("key", "old", Short));
        Assert.True(cache.Set("other", "stays"));
        return cache;
    }

    private static Cache<string, string>.AlternateLookup<ReadOnlySpan<char>> Spans(Cache<string, string> cache)
        => cache.GetAlternateLookup<ReadOnlySpan<char>>();

    private static void AssertNew(Cache<string, string> cache, bool isDone)
    {
        Assert.True(isDone);
        Assert.Equal("new", cache.GetMany(["key"])["key"]);
        Assert.Equal(2, cache.Count);
    }
}
