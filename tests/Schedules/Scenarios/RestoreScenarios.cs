using FastCache.Journaling;
using FastCache.Tests.Schedules.Search;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>An old value that is put back against what makes it out of date.</summary>
public sealed class RestoreScenarios(ITestOutputHelper output)
{
    private static readonly EntryOptions AtOnce = new() { ExpireAt = DateTimeOffset.UnixEpoch };

    [Fact]
    public void A_newer_value_stays() => ExploreTouch(static cache => cache.Set(1, "new"), "new");

    [Fact]
    public void A_removed_key_stays_removed() => ExploreTouch(static cache => cache.TryRemove(1), null);

    [Fact]
    public void A_cleared_key_stays_cleared() => ExploreTouch(static cache => cache.Clear(), null);

    [Fact]
    public void A_tag_that_was_removed_stays_removed() => ExploreTouch(static cache => cache.RemoveByTag("a"), null);

    [Fact]
    public void Keys_that_were_removed_together_stay_removed()
        => ExploreTouch(static cache => cache.RemoveMatching(KeyPattern.Prefix("1"), static key => key == 1), null);

    [Fact]
    public void A_refused_value_is_the_last_word() => ExploreTouch(static cache => cache.Set(1, "refused", AtOnce), null);

    [Fact]
    public void A_pair_that_is_removed_is_absent()
        => ExploreTouch(static cache => cache.TryRemove(new KeyValuePair<int, string>(1, "old")), null);

    [Fact]
    public void A_value_that_was_written_and_evicted_does_not_make_way_for_an_older_one()
        => ExploreTouch(
            static cache =>
            {
                cache.Set(1, "new");
                cache.Trim(1);
            },
            null);

    [Fact]
    public void An_addition_loses_or_stays()
        => Explore(static (cache, restore) =>
        {
            bool isAdded = false;
            return new Plan<int, string>(cache)
                .Thread(restore)
                .Thread(() => isAdded = cache.TryAdd(1, "new"))
                .AtEnd(() => Assert.Equal(isAdded ? "new" : "old", Held(cache)));
        });

    [Fact]
    public void An_update_finds_the_old_value_or_makes_it_out_of_date()
        => Explore(static (cache, restore) =>
        {
            bool isUpdated = false;
            return new Plan<int, string>(cache)
                .Thread(restore)
                .Thread(() => isUpdated = cache.TryUpdate(1, "new"))
                .AtEnd(() => Assert.Equal(isUpdated ? "new" : null, Held(cache)));
        });

    [Fact]
    public void Whoever_loads_gets_what_stays()
        => Explore(static (cache, restore) =>
        {
            string? first = null;
            string? second = null;
            return new Plan<int, string>(cache)
                .Thread(restore)
                .Thread(() => first = cache.GetOrAdd(1, static _ => "loaded"))
                .Thread(() => second = cache.GetOrAdd(1, static _ => "loaded"))
                .AtEnd(() => Assert.Equal((first, first), (Held(cache), second)));
        });

    [Fact]
    public void A_load_that_is_out_of_date_leaves_nothing_old()
        => Explore(static (cache, restore) =>
        {
            string? got = null;
            return new Plan<int, string>(cache)
                .Thread(restore)
                .Thread(() => got = cache.GetOrAdd(1, key =>
                {
                    cache.TryRemove(key);
                    return "loaded";
                }))
                .AtEnd(() => Assert.Equal(got == "old" ? "old" : null, Held(cache)));
        });

    [Fact]
    public void Only_one_of_two_old_values_is_put_back()
        => Explore(static (cache, restore) =>
        {
            int restored = 0;
            void Restore()
            {
                if (Caches.Restore(cache, 1, "older") == RestoreOutcome.Restored)
                {
                    restored++;
                }
            }

            return new Plan<int, string>(cache).Thread(Restore).Thread(Restore).AtEnd(() => Assert.Equal((1, "older"), (restored, Held(cache))));
        });

    [Fact]
    public void The_table_grows_under_it()
        => output.WriteLine(ScheduleSearch.Explore(static () =>
        {
            Cache<int, string> cache = Caches.CreateAboutToGrow(journal: new RecordingJournal<int, string>());
            return new Plan<int, string>(cache)
                .Thread(() => Assert.Equal(RestoreOutcome.Restored, Caches.Restore(cache, 13, Caches.Value(13))))
                .Thread(() => cache.Set(14, Caches.Value(14)))
                .AtEnd(() =>
                {
                    Assert.Equal(14, cache.Count);
                    Assert.All(cache, static entry => Assert.Equal(Caches.Value(entry.Key), entry.Value));
                });
        }));

    private static string? Held(Cache<int, string> cache) => cache.TryPeek(1, out string? value) ? value : null;

    /// <summary>What is left in the end, and what is seen once the touch has returned, is the touch's doing.</summary>
    private void ExploreTouch(Action<Cache<int, string>> touch, string? left)
        => Explore((cache, restore) => new Plan<int, string>(cache)
            .Thread(restore)
            .Thread(() =>
            {
                touch(cache);
                Assert.Equal(left, Held(cache));
            })
            .AtEnd(() => Assert.Equal(left, Held(cache))));

    private void Explore(Func<Cache<int, string>, Action, Scenario> create)
        => output.WriteLine(ScheduleSearch.Explore(() =>
        {
            Cache<int, string> cache = Caches.Create(8, journal: new RecordingJournal<int, string>());
            return create(cache, () => Caches.Restore(cache, 1, "old", tags: "a"));
        }));
}
