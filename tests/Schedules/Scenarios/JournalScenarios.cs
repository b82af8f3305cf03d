using FastCache.Tests.Schedules.Search;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>What a cache writes down comes to what it holds, whoever was first.</summary>
public sealed class JournalScenarios(ITestOutputHelper output)
{
    private static readonly EntryOptions AtOnce = new() { ExpireAt = DateTimeOffset.UnixEpoch };
    private static readonly EntryOptions Tagged = new() { Tags = ["a"] };

    [Fact]
    public void A_clear_and_values_that_are_put()
        => Explore(static (cache, plan) =>
        {
            cache.Set(1, "before");
            plan.Thread(cache.Clear)
                .Thread(() => cache.Set(1, "replaced"))
                .Thread(() => cache.TryAdd(2, "added"));
        });

    [Fact]
    public void Two_clears_and_a_value_that_is_put_after_one()
        => Explore(static (cache, plan) =>
        {
            cache.Set(1, "before");
            plan.Thread(cache.Clear)
                .Thread(() =>
                {
                    cache.Clear();
                    cache.Set(1, "after");
                })
                .Thread(() => cache.Set(2, "new"));
        });

    [Fact]
    public void Two_clears_of_two_shards()
        => Explore(
            static (cache, plan) =>
            {
                cache.Set(1, "before");
                plan.Thread(cache.Clear)
                    .Thread(cache.Clear)
                    .Thread(() => cache.SetMany([new(1, "one"), new(2, "two"), new(3, "three"), new(4, "four")]));
            },
            static options => (options.Capacity, options.ShardCount) = (64, 2));

    [Fact]
    public void A_clear_and_a_removal()
        => Explore(static (cache, plan) =>
        {
            cache.Set(1, "before");
            plan.Thread(cache.Clear)
                .Thread(() =>
                {
                    cache.Set(1, "new");
                    cache.TryRemove(1);
                })
                .Thread(() => cache.TryAdd(1, "added"));
        });

    [Fact]
    public void A_clear_and_a_load()
        => Explore(static (cache, plan) => plan
            .Thread(cache.Clear)
            .Thread(() => cache.GetOrAdd(1, Caches.Value))
            .Thread(() => cache.TryUpdate(1, "updated")));

    [Fact]
    public void A_removal_of_an_absent_key_and_an_insert()
        => Explore(static (cache, plan) => plan
            .Thread(() => cache.TryRemove(1))
            .Thread(() => cache.Set(1, "new"))
            .Thread(() => cache.TryAdd(1, "added")));

    [Fact]
    public void Conditions_on_an_absent_key_and_an_insert()
        => Explore(static (cache, plan) => plan
            .Thread(() => cache.TryRemove(new KeyValuePair<int, string>(1, "new")))
            .Thread(() => cache.TryUpdate(1, "updated"))
            .Thread(() => cache.Set(1, "new")));

    [Fact]
    public void A_refused_value_and_an_insert()
        => Explore(static (cache, plan) => plan
            .Thread(() => cache.Set(1, "refused", AtOnce))
            .Thread(() => cache.Set(1, "new"))
            .Thread(() => cache.TryRemove(1)));

    [Fact]
    public void Replacements_of_one_key()
        => Explore(static (cache, plan) =>
        {
            cache.Set(1, "before");
            plan.Thread(() => cache.Set(1, "first"))
                .Thread(() => cache.TryUpdate(1, "second", "before"))
                .Thread(() => cache.AddOrUpdate(1, "added", static (_, old) => old + "!"));
        });

    [Fact]
    public void A_lifetime_a_value_and_a_removal()
        => Explore(static (cache, plan) =>
        {
            cache.Set(1, "before");
            plan.Thread(() => cache.TrySetExpiry(1, new EntryOptions { ExpireAfterWrite = TimeSpan.FromHours(1) }))
                .Thread(() => cache.Set(1, "new"))
                .Thread(() => cache.TryRemove(1));
        });

    [Fact]
    public void A_load_a_value_and_a_removal()
        => Explore(static (cache, plan) => plan
            .Thread(() => cache.GetOrAdd(1, Caches.Value))
            .Thread(() => cache.Set(1, "new"))
            .Thread(() => cache.TryRemove(1)));

    [Fact]
    public void Reads_that_note_their_access_and_a_value()
        => ExploreInTime(
            static (cache, plan, time) =>
            {
                cache.Set(1, "before");
                time.AdvanceAtOnce(TimeSpan.FromMinutes(1));
                plan.Thread(() => cache.TryGet(1, out _))
                    .Thread(() => cache.Set(1, "new"))
                    .Thread(() => cache.TryUpdate(1, "updated"));
            },
            static options => options.ExpireAfterAccess = TimeSpan.FromHours(1));

    [Fact]
    public void A_tag_that_is_removed_and_values_that_are_put_with_it()
        => Explore(static (cache, plan) =>
        {
            cache.Set(1, "before", Tagged);
            plan.Thread(() => cache.RemoveByTag("a"))
                .Thread(() => cache.Set(1, "replaced", Tagged))
                .Thread(() => cache.TryAdd(2, "added", Tagged));
        });

    [Fact]
    public void A_tag_that_is_removed_and_values_that_take_the_place_of_others()
        => Explore(static (cache, plan) =>
        {
            cache.Set(1, "without");
            cache.Set(2, "with", Tagged);
            plan.Thread(() => cache.RemoveByTag("a"))
                .Thread(() => cache.Set(1, "replaced", Tagged))
                .Thread(() => cache.TryUpdate(2, "updated"));
        });

    [Fact]
    public void A_tag_that_is_removed_twice_and_a_load_that_has_it()
        => Explore(static (cache, plan) =>
        {
            cache.Set(1, "before", AtOnce);
            plan.Thread(() => cache.RemoveByTag("a"))
                .Thread(() => cache.GetOrAdd(1, Caches.Value, Tagged))
                .Thread(() => cache.RemoveByTag("a"));
        });

    [Fact]
    public void A_tag_that_is_removed_and_a_lifetime()
        => Explore(static (cache, plan) =>
        {
            cache.Set(1, "before", Tagged);
            plan.Thread(() => cache.RemoveByTag("a"))
                .Thread(() => cache.TrySetExpiry(1, new EntryOptions { ExpireAfterWrite = TimeSpan.FromHours(1) }))
                .Thread(() => cache.TryRemove(1));
        });

    [Fact]
    public void Keys_that_are_removed_together_and_values_that_are_put()
        => Explore(static (cache, plan) =>
        {
            cache.Set(1, "before");
            plan.Thread(() => cache.RemoveMatching(KeyPattern.Prefix("1"), static key => key == 1))
                .Thread(() => cache.Set(1, "replaced"))
                .Thread(() => cache.TryAdd(2, "added"));
        });

    [Fact]
    public void Keys_that_are_removed_together_and_a_load()
        => Explore(static (cache, plan) => plan
            .Thread(() => cache.RemoveMatching(KeyPattern.Prefix("1"), static key => key == 1))
            .Thread(() => cache.GetOrAdd(1, Caches.Value))
            .Thread(() => cache.TryRemove(1)));

    private void Explore(
        Action<Cache<int, string>, Plan<int, string>> describe, Action<CacheOptions<int, string>>? configure = null)
        => ExploreInTime((cache, plan, _) => describe(cache, plan), configure);

    private void ExploreInTime(
        Action<Cache<int, string>, Plan<int, string>, ManualTimeProvider> describe, Action<CacheOptions<int, string>>? configure)
        => output.WriteLine(ScheduleSearch.Explore(() =>
        {
            var journal = new RecordingJournal<int, string>();
            var time = new ManualTimeProvider();
            Cache<int, string> cache = Caches.Create<int, string>(
                8,
                options =>
                {
                    options.TimeProvider = time;
                    configure?.Invoke(options);
                },
                journal);
            var plan = new Plan<int, string>(cache);
            describe(cache, plan, time);
            return plan.AtEnd(() =>
            {
                Assert.Equal(journal.Replay().OrderBy(static entry => entry.Key), cache.OrderBy(static entry => entry.Key));
                Assert.Empty(journal.Faults);
                Assert.Equal(0, journal.Uncompleted);
            });
        }));
}
