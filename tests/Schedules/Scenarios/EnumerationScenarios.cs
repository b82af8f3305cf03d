using FastCache.Tests.Schedules.Search;
using Xunit;

namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>Enumeration against growth, and against entries that come and go.</summary>
public sealed class EnumerationScenarios(ITestOutputHelper output)
{
    [Fact]
    public void Against_growth_every_key_that_is_present_throughout_is_seen_once()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.CreateAboutToGrow();
            List<KeyValuePair<int, string>> seen = [];
            return new Plan<int, string>(cache)
                .Thread(() => seen.AddRange(cache))
                .Thread(() => cache.Set(13, Caches.Value(13)))
                .AtEnd(() =>
                {
                    Assert.All(seen, static entry => Assert.Equal(Caches.Value(entry.Key), entry.Value));
                    Assert.Equal(Enumerable.Range(1, Caches.FullAt), seen.Select(static entry => entry.Key).Where(static key => key != 13).Order());
                });
        });

    [Fact]
    public void Against_the_reuse_of_a_slot_every_value_is_that_of_its_key()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            int twin = Caches.TwinOfOne;
            cache.Set(1, Caches.Value(1));
            cache.Set(2, Caches.Value(2));
            List<KeyValuePair<int, string>> seen = [];
            return new Plan<int, string>(cache)
                .Thread(() => seen.AddRange(cache))
                .Thread(() =>
                {
                    cache.TryRemove(1);
                    cache.Set(twin, Caches.Value(twin));
                })
                .AtEnd(() =>
                {
                    Assert.All(seen, static entry => Assert.Equal(Caches.Value(entry.Key), entry.Value));
                    Assert.Single(seen, static entry => entry.Key == 2);
                });
        });

    private void Explore(Func<Scenario> create) => output.WriteLine(ScheduleSearch.Explore(create));
}
