using FastCache.Tests.Schedules.Search;
using Xunit;

namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>The removal of a tag against what is written, loaded, read and moved meanwhile.</summary>
public sealed class TagScenarios(ITestOutputHelper output)
{
    private static readonly EntryOptions Tagged = new() { Tags = ["a"] };
    private static readonly EntryOptions TaggedOtherwise = new() { Tags = ["b"] };

    [Fact]
    public void What_had_a_tag_is_not_read_after_the_removal_and_what_is_written_then_is()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            cache.Set(1, "old", Tagged);
            var isRemoved = new Flag();
            return new Plan<int, string>(cache)
                .Thread(() =>
                {
                    cache.RemoveByTag("a");
                    isRemoved.Set();
                    cache.Set(2, "later", Tagged);
                })
                .Thread(() =>
                {
                    bool mustBeGone = isRemoved.IsSet;
                    bool isRead = cache.TryGet(1, out string? value);
                    Assert.False(mustBeGone && isRead && value == "old");
                })
                .Thread(() => cache.Set(1, "new", Tagged))
                .AtEnd(() =>
                {
                    Assert.False(cache.TryGet(1, out string? value) && value == "old");
                    Assert.True(cache.TryGet(2, out _));
                });
        });

    [Fact]
    public void A_value_is_not_read_with_the_tags_of_another()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            cache.Set(1, "old", Tagged);
            bool isRead = false;
            return new Plan<int, string>(cache)
                .Thread(() => cache.Set(1, "new", TaggedOtherwise))
                .Thread(() =>
                {
                    cache.RemoveByTag("b");
                    isRead = cache.TryGet(1, out string? value) && value == "new";
                })
                .AtEnd(() => Assert.True(!isRead || cache.ContainsKey(1), "It was read after it had been removed."));
        });

    [Fact]
    public void A_load_does_not_bring_back_what_a_tag_has_removed()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            var source = new Source();
            return new Plan<int, string>(cache)
                .Thread(() => cache.GetOrAdd(1, source.Load, Tagged))
                .Thread(() =>
                {
                    source.Change();
                    cache.RemoveByTag("a");
                    Source.AssertNotStale(cache);
                })
                .AtEnd(() => Source.AssertNotStale(cache));
        });

    [Fact]
    public void Nor_where_the_tag_comes_into_being_meanwhile()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            var source = new Source();
            return new Plan<int, string>(cache)
                .Thread(() => cache.GetOrAdd(1, source.Load, Tagged))
                .Thread(() =>
                {
                    source.Change();
                    cache.RemoveByTag("a");
                    Source.AssertNotStale(cache);
                })
                .Thread(() => cache.Set(2, "other", Tagged))
                .AtEnd(() => Source.AssertNotStale(cache));
        });

    [Fact]
    public void Who_asks_after_the_removal_gets_what_is_loaded_after_it()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            var source = new Source();
            string? seen = null;
            return new Plan<int, string>(cache)
                .Thread(() => cache.GetOrAdd(1, source.Load, Tagged))
                .Thread(() =>
                {
                    source.Change();
                    cache.RemoveByTag("a");
                    seen = cache.GetOrAdd(1, source.Load, Tagged);
                })
                .AtEnd(() => Assert.Equal("version 1", seen));
        });

    [Fact]
    public void Two_who_bring_the_same_new_tag_share_it()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            return new Plan<int, string>(cache)
                .Thread(() => cache.Set(1, "one", Tagged))
                .Thread(() => cache.Set(2, "two", Tagged))
                .AtEnd(() =>
                {
                    cache.RemoveByTag("a");
                    Assert.False(cache.ContainsKey(1));
                    Assert.False(cache.ContainsKey(2));
                });
        });

    [Fact]
    public void Tags_move_with_their_entries()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.CreateAboutToGrow();
            cache.Set(1, "tagged", Tagged);
            return new Plan<int, string>(cache)
                .Thread(() => cache.Set(13, Caches.Value(13)))
                .Thread(() =>
                {
                    cache.RemoveByTag("a");
                    Assert.False(cache.ContainsKey(1));
                })
                .Thread(() => cache.Set(2, "tagged", TaggedOtherwise))
                .AtEnd(() =>
                {
                    Assert.False(cache.ContainsKey(1));
                    Assert.True(cache.ContainsKey(2));
                    cache.RemoveByTag("b");
                    Assert.False(cache.ContainsKey(2));
                    Assert.Equal(11, cache.Hottest(20).Count);
                });
        });

    [Fact]
    public void What_was_seen_to_be_removed_is_not_updated()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            cache.Set(1, "old", Tagged);
            bool wasThere = true;
            return new Plan<int, string>(cache)
                .Thread(() => cache.TryUpdate(1, "new"))
                .Thread(() =>
                {
                    cache.RemoveByTag("a");
                    wasThere = cache.ContainsKey(1);
                })
                .AtEnd(() => Assert.True(wasThere || !cache.ContainsKey(1)));
        });

    [Fact]
    public void A_new_value_is_not_read_without_its_tag()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            cache.Set(1, "old");
            var isRemoved = new Flag();
            var isWritten = new Flag();
            return new Plan<int, string>(cache)
                .Thread(() =>
                {
                    cache.Set(1, "new", Tagged);
                    isWritten.Set();
                })
                .Thread(() =>
                {
                    bool mustHit = isWritten.IsSet;
                    cache.RemoveByTag("a");
                    if (mustHit)
                    {
                        isRemoved.Set();
                    }
                })
                .Thread(() =>
                {
                    bool mustBeGone = isRemoved.IsSet;
                    Assert.False(cache.TryGet(1, out _) && mustBeGone);
                });
        });

    [Fact]
    public void A_sweep_spares_what_was_written_since()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            cache.Set(1, "old", Tagged);
            cache.Set(2, "old", Tagged);
            return new Plan<int, string>(cache)
                .Thread(() =>
                {
                    cache.RemoveByTag("a");
                    cache.Set(1, "new", Tagged);
                })
                .Thread(() => Caches.Maintain(cache))
                .Thread(() => cache.TryGet(2, out _))
                .AtEnd(() =>
                {
                    Assert.True(cache.TryGet(1, out string? value) && value == "new");
                    Caches.Maintain(cache);
                    Assert.Equal(1, cache.Count);
                });
        });

    [Fact]
    public void A_scan_finds_what_the_growth_of_the_table_moves()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.CreateAboutToGrow();
            return new Plan<int, string>(cache)
                .Thread(() => cache.Set(13, Caches.Value(13)))
                .Thread(() => Assert.Equal(1, cache.RemoveWhere(static key => key == 1)))
                .AtEnd(() =>
                {
                    Assert.False(cache.ContainsKey(1));
                    Assert.Equal(12, cache.Count);
                });
        });

    [Fact]
    public void A_load_does_not_bring_back_what_a_scan_has_removed()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            var source = new Source();
            return new Plan<int, string>(cache)
                .Thread(() => cache.GetOrAdd(1, source.Load))
                .Thread(() =>
                {
                    source.Change();
                    cache.RemoveWhere(static key => key == 1);
                    Source.AssertNotStale(cache);
                })
                .AtEnd(() => Source.AssertNotStale(cache));
        });

    private void Explore(Func<Scenario> create) => output.WriteLine(ScheduleSearch.Explore(create));
}
