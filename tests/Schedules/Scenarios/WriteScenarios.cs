using FastCache.Tests.Schedules.Search;
using Xunit;

namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>Writes against writes of the same key, and against growth.</summary>
public sealed class WriteScenarios(ITestOutputHelper output)
{
    [Fact]
    public void Of_two_inserts_of_one_key_one_succeeds()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            bool first = false;
            bool second = false;
            return new Plan<int, string>(cache)
                .Thread(() => first = cache.TryAdd(1, "first"))
                .Thread(() => second = cache.TryAdd(1, "second"))
                .AtEnd(() =>
                {
                    Assert.True(first ^ second);
                    AssertOnly(cache, 1, first ? "first" : "second");
                });
        });

    [Fact]
    public void The_same_holds_while_the_table_grows()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.CreateAboutToGrow();
            bool first = false;
            bool second = false;
            return new Plan<int, string>(cache)
                .Thread(() => first = cache.TryAdd(13, "first"))
                .Thread(() => second = cache.TryAdd(13, "second"))
                .AtEnd(() =>
                {
                    Assert.True(first ^ second);
                    Assert.True(cache.TryGet(13, out string? value) && value == (first ? "first" : "second"));
                    Assert.Equal(13, cache.Count);
                });
        });

    [Fact]
    public void Of_set_add_and_remove_of_one_key_the_last_counts()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            bool wasAdded = false;
            bool wasRemoved = false;
            return new Plan<int, string>(cache)
                .Thread(() => cache.Set(1, "set"))
                .Thread(() => wasAdded = cache.TryAdd(1, "added"))
                .Thread(() => wasRemoved = cache.TryRemove(1))
                .AtEnd(() =>
                {
                    // Set wins over an add before it; an add after it is refused; what was added before a set may be removed between them.
                    string[] allowed = wasRemoved ? wasAdded ? ["", "set", "added"] : ["", "set"] : ["set"];
                    Assert.Contains(cache.TryGet(1, out string? value) ? value : "", allowed);
                    Assert.InRange(cache.Count, 0, 1);
                });
        });

    [Fact]
    public void No_increment_is_lost()
        => Explore(static () =>
        {
            Cache<int, int> cache = Caches.Create<int, int>(8);
            void Increment() => cache.AddOrUpdate(1, 1, static (_, count) => count + 1);
            return new Plan<int, int>(cache)
                .Thread(Increment)
                .Thread(() =>
                {
                    Increment();
                    Increment();
                })
                .AtEnd(() => Assert.True(cache.TryGet(1, out int count) && count == 3, $"counted {count}"));
        });

    [Fact]
    public void Of_two_compare_and_swaps_one_succeeds()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            cache.Set(1, "old");
            bool first = false;
            bool second = false;
            return new Plan<int, string>(cache)
                .Thread(() => first = cache.TryUpdate(1, "first", "old"))
                .Thread(() => second = cache.TryUpdate(1, "second", "old"))
                .AtEnd(() =>
                {
                    Assert.True(first ^ second);
                    AssertOnly(cache, 1, first ? "first" : "second");
                });
        });

    [Fact]
    public void A_conditional_removal_does_not_take_a_newer_value()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            cache.Set(1, "old");
            bool wasRemoved = false;
            bool wasUpdated = false;
            return new Plan<int, string>(cache)
                .Thread(() => wasRemoved = cache.TryRemove(new KeyValuePair<int, string>(1, "old")))
                .Thread(() => wasUpdated = cache.TryUpdate(1, "new"))
                .AtEnd(() =>
                {
                    Assert.True(wasRemoved ^ wasUpdated);
                    Assert.Equal(wasUpdated, cache.TryGet(1, out string? value) && value == "new");
                });
        });

    [Fact]
    public void Against_growth_an_update_is_not_lost()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.CreateAboutToGrow();
            return new Plan<int, string>(cache)
                .Thread(() => cache.Set(1, "new"))
                .Thread(() => cache.Set(13, Caches.Value(13)))
                .AtEnd(() =>
                {
                    Assert.True(cache.TryGet(1, out string? value) && value == "new", $"read {value}");
                    Assert.True(cache.ContainsKey(13));
                });
        });

    [Fact]
    public void Against_growth_a_removed_key_does_not_come_back()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.CreateAboutToGrow();
            return new Plan<int, string>(cache)
                .Thread(() => Assert.True(cache.TryRemove(1)))
                .Thread(() => cache.Set(13, Caches.Value(13)))
                .Thread(() => cache.Set(14, Caches.Value(14)))
                .AtEnd(() =>
                {
                    Assert.False(cache.ContainsKey(1));
                    Assert.Equal(13, cache.Count);
                });
        });

    private void Explore(Func<Scenario> create) => output.WriteLine(ScheduleSearch.Explore(create));

    private static void AssertOnly(Cache<int, string> cache, int key, string value)
        => Assert.Equal([new KeyValuePair<int, string>(key, value)], cache);
}
