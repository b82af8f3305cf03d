using FastCache.Tests.Schedules.Search;
using Xunit;

namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>Clear against everything.</summary>
public sealed class ClearScenarios(ITestOutputHelper output)
{
    [Fact]
    public void What_was_there_before_is_gone_and_reads_get_the_value_of_their_key()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            cache.Set(1, "one");
            cache.Set(2, "two");
            string? seen = null;
            return new Plan<int, string>(cache)
                .Thread(cache.Clear)
                .Thread(() => cache.TryGet(1, out seen))
                .AtEnd(() =>
                {
                    Assert.True(seen is null or "one");
                    Assert.Empty(cache);
                });
        });

    [Fact]
    public void An_update_does_not_save_what_was_there_before()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            cache.Set(1, "one");
            bool wasUpdated = false;
            return new Plan<int, string>(cache)
                .Thread(cache.Clear)
                .Thread(() => wasUpdated = cache.TryUpdate(1, "new"))
                .Thread(() => cache.TryUpdate(1, "newer", "new"))
                .AtEnd(() => Assert.Empty(cache));
        });

    [Fact]
    public void An_insert_after_it_stays()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            cache.Set(1, "old");
            var isCleared = new Flag();
            return new Plan<int, string>(cache)
                .Thread(() =>
                {
                    cache.Clear();
                    isCleared.Set();
                })
                .Thread(() =>
                {
                    isCleared.Await();
                    Assert.True(cache.TryAdd(1, "new"));
                })
                .Thread(() => cache.Set(2, "two"))
                .AtEnd(() => Assert.True(cache.TryGet(1, out string? value) && value == "new"));
        });

    [Fact]
    public void Growth_does_not_save_what_was_there_before()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.CreateAboutToGrow();
            return new Plan<int, string>(cache)
                .Thread(cache.Clear)
                .Thread(() => cache.Set(13, Caches.Value(13)))
                .AtEnd(() => Assert.DoesNotContain(cache, static entry => entry.Key != 13));
        });

    [Fact]
    public void A_removal_and_a_second_clear_find_what_is_left()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            cache.Set(1, "one");
            cache.Set(2, "two");
            return new Plan<int, string>(cache)
                .Thread(cache.Clear)
                .Thread(cache.Clear)
                .Thread(() => cache.TryRemove(2))
                .AtEnd(() => Assert.Equal(0, cache.Count));
        });

    [Fact]
    public void What_is_being_loaded_is_not_kept()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            var source = new Source();
            return new Plan<int, string>(cache)
                .Thread(() => cache.GetOrAdd(1, source.Load))
                .Thread(() =>
                {
                    source.Change();
                    cache.Clear();
                })
                .AtEnd(() => Source.AssertNotStale(cache));
        });

    [Fact]
    public void Maintenance_and_a_lower_limit_go_on_beside_it()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.CreateAboutToGrow();
            return new Plan<int, string>(cache)
                .Thread(cache.Clear)
                .Thread(() => cache.Capacity = 3)
                .Thread(() => Caches.Maintain(cache))
                .AtEnd(() => Assert.Empty(cache));
        });

    private void Explore(Func<Scenario> create) => output.WriteLine(ScheduleSearch.Explore(create));
}
