using FastCache.Tests.Schedules.Search;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>Expiry against what prolongs a life.</summary>
public sealed class ExpiryScenarios(ITestOutputHelper output)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    [Fact]
    public void An_update_with_a_later_expiry_is_not_lost()
        => Explore(static () =>
        {
            var time = new ManualTimeProvider();
            Cache<int, string> cache = Caches.Create<int, string>(8, options => options.TimeProvider = time);
            cache.Set(1, "old", new EntryOptions { ExpireAfterWrite = Life });
            return new Plan<int, string>(cache)
                .Thread(() => cache.Set(1, "new", new EntryOptions { ExpireAfterWrite = 10 * Life }))
                .Thread(() =>
                {
                    time.AdvanceAtOnce(2 * Life);
                    cache.TrimExpired();
                })
                .AtEnd(() => Assert.True(cache.TryGet(1, out string? value) && value == "new", $"read {value}"));
        });

    [Fact]
    public void A_shorter_expiry_counts()
        => Explore(static () =>
        {
            var time = new ManualTimeProvider();
            Cache<int, string> cache = Caches.Create<int, string>(8, options => options.TimeProvider = time);
            cache.Set(1, "one", new EntryOptions { ExpireAfterWrite = 10 * Life });
            return new Plan<int, string>(cache)
                .Thread(() => cache.TrySetExpiry(1, new EntryOptions { ExpireAfterWrite = Life }))
                .Thread(() => cache.TryGet(1, out _))
                .Thread(() => cache.TrimExpired())
                .AtEnd(() =>
                {
                    time.AdvanceAtOnce(2 * Life);
                    Assert.False(cache.TryGet(1, out _));
                    Assert.Equal(0, cache.TrimExpired() + cache.Count);
                });
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_access_in_time_keeps_an_idle_entry(bool isPrecise)
        => Explore(() =>
        {
            var time = new ManualTimeProvider();
            Cache<int, string> cache = Caches.Create<int, string>(8, options =>
            {
                options.TimeProvider = time;
                options.ExpireAfterAccess = Life;
                options.PreciseExpiry = isPrecise;
            });
            cache.Set(1, "one");
            time.AdvanceAtOnce(0.6 * Life);
            var wasRead = new Flag();
            bool isKept = true;
            return new Plan<int, string>(cache)
                .Thread(() =>
                {
                    if (cache.TryGet(1, out _))
                    {
                        wasRead.Set();
                    }
                })
                .Thread(() =>
                {
                    bool mustBeThere = wasRead.IsSet;
                    time.AdvanceAtOnce(0.6 * Life);
                    cache.TrimExpired();
                    isKept = !mustBeThere || cache.ContainsKey(1);
                })
                .AtEnd(() => Assert.True(isKept));
        });

    [Fact]
    public void The_same_holds_while_the_table_grows()
        => Explore(static () =>
        {
            var time = new ManualTimeProvider();
            Cache<int, string> cache = Caches.CreateAboutToGrow(options =>
            {
                options.TimeProvider = time;
                options.ExpireAfterAccess = Life;
            });
            time.AdvanceAtOnce(0.6 * Life);
            return new Plan<int, string>(cache)
                .Thread(() => Assert.True(cache.TryGet(1, out _)))
                .Thread(() => cache.Set(13, Caches.Value(13)))
                .AtEnd(() =>
                {
                    time.AdvanceAtOnce(0.6 * Life);
                    cache.TrimExpired();
                    Assert.True(cache.ContainsKey(1));
                    Assert.False(cache.ContainsKey(2));
                });
        });

    private void Explore(Func<Scenario> create) => output.WriteLine(ScheduleSearch.Explore(create));
}
