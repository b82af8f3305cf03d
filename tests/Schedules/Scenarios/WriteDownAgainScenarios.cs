using FastCache.Journaling;
using FastCache.Tests.Schedules.Search;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>A record that is written down again never brings an older value back, nor what has been removed.</summary>
public sealed class WriteDownAgainScenarios(ITestOutputHelper output)
{
    private static readonly EntryOptions AtOnce = new() { ExpireAt = DateTimeOffset.UnixEpoch };
    private static readonly EntryOptions ForAnHour = new() { ExpireAfterWrite = TimeSpan.FromHours(1) };

    [Fact]
    public void A_newer_value()
        => Explore(static (cache, plan) => plan.Thread(() => cache.Set(1, "newer")).Thread(() => cache.TryUpdate(1, "newest", "newer")));

    [Fact]
    public void A_removal() => Explore(static (cache, plan) => plan.Thread(() => cache.TryRemove(1)));

    [Fact]
    public void The_removal_of_its_tag()
        => Explore(
            static (cache, plan) =>
            {
                cache.Set(1, "tagged", new EntryOptions { Tags = ["a"] });
                plan.Thread(() => cache.RemoveByTag("a")).Thread(() => cache.Set(2, "other", new EntryOptions { Tags = ["a"] }));
            },
            static (cache, journal) =>
            {
                // What is out of date keeps its place until it is reclaimed.
                Caches.Maintain(cache);
                AssertReplayed(cache, journal);
            },
            position: 2);

    [Fact]
    public void The_removal_of_its_key_with_others()
        => Explore(static (cache, plan) => plan
            .Thread(() => cache.RemoveMatching(KeyPattern.Prefix("1"), static key => key == 1))
            .Thread(() => cache.Set(1, "newer")));

    [Fact]
    public void A_removal_and_another_value_of_the_key()
        => Explore(static (cache, plan) => plan.Thread(() =>
        {
            cache.TryRemove(1);
            cache.Set(1, "newer");
        }));

    [Fact]
    public void A_removal_and_another_key_in_its_slot()
        => Explore(static (cache, plan) => plan
            .Thread(() =>
            {
                cache.TryRemove(1);
                cache.Set(Caches.TwinOfOne, "twin");
            })
            .Thread(() => cache.TryRemove(Caches.TwinOfOne)));

    [Fact]
    public void A_refused_value() => Explore(static (cache, plan) => plan.Thread(() => cache.Set(1, "refused", AtOnce)));

    [Fact]
    public void A_clear_and_a_value_that_comes_after_it()
        => Explore(static (cache, plan) => plan
            .Thread(() =>
            {
                cache.Clear();
                cache.Set(2, "newer");
            })
            .Thread(() => cache.TryAdd(1, "added")));

    [Fact]
    public void Two_clears() => Explore(static (cache, plan) => plan.Thread(cache.Clear).Thread(cache.Clear));

    [Fact]
    public void A_load_that_takes_the_place_of_the_value()
        => Explore(static (cache, plan) => plan
            .Thread(() => cache.GetOrAdd(1, Caches.Value))
            .Thread(() =>
            {
                cache.TryRemove(1);
                cache.GetOrAdd(1, static _ => "loaded");
            }));

    [Fact]
    public void Another_end_of_its_life()
        => Explore(static (cache, plan) => plan.Thread(() => cache.TrySetExpiry(1, ForAnHour)).Thread(() => cache.TryRemove(1)));

    [Fact]
    public void A_second_copy()
        => Explore(
            static (_, _) => { },
            static (_, journal) => Assert.Equal(["put 1 = before", "put 1 = before"], journal.Lines),
            copiers: 2);

    [Fact]
    public void An_eviction_and_another_value_of_the_key()
        => Explore(
            static (cache, plan) => plan.Thread(() =>
            {
                cache.Set(1, "newer");
                cache.Trim(1);
            }),
            static (cache, journal) =>
            {
                Assert.Empty(cache);
                Assert.Equal("newer", journal.Replay()[1]);
            });

    [Fact]
    public void An_eviction_and_another_key()
        => Explore(
            static (cache, plan) => plan
                .Thread(() => cache.Set(Caches.TwinOfOne, "twin"))
                .Thread(() => cache.TryRemove(1)),
            static (cache, journal) =>
            {
                Dictionary<int, string> replayed = journal.Replay();
                Assert.False(replayed.ContainsKey(1), "a removed key is back");
                Assert.Equal("twin", replayed[Caches.TwinOfOne]);
            },
            static options => options.Capacity = 1);

    [Fact]
    public void The_end_of_its_life_and_another_value_of_the_key()
    {
        var time = new ManualTimeProvider();
        Explore(
            (cache, plan) =>
            {
                cache.Set(1, "before", ForAnHour);
                plan.Thread(() =>
                {
                    time.AdvanceAtOnce(TimeSpan.FromHours(2));
                    cache.TrimExpired();
                    cache.Set(1, "newer");
                });
            },
            AssertReplayed,
            options => options.TimeProvider = time = new ManualTimeProvider(),
            position: 2);
    }

    [Fact]
    public void The_table_grows_under_it()
        => output.WriteLine(ScheduleSearch.Explore(static () =>
        {
            var journal = new RecordingJournal<int, string>();
            Cache<int, string> cache = Caches.CreateAboutToGrow(journal: journal);
            return new Plan<int, string>(cache)
                .Thread(() => CopyOf(cache, journal, key: 1, position: 1))
                .Thread(() => cache.Set(Caches.FullAt + 1, "new"))
                .AtEnd(() =>
                {
                    Assert.True(journal.Entries.Length == Caches.FullAt + 2, "an entry that nobody has touched was not copied");
                    AssertPositions(cache, journal);
                    Assert.Empty(journal.Faults);
                });
        }));

    /// <summary>The record that there was, read from the journal by whoever copies.</summary>
    private static void CopyOf(Cache<int, string> cache, RecordingJournal<int, string> journal, int key, ulong position)
    {
        JournalRecord record = journal.Describe(key, journal.Entries[(int)position - 1].Value!);
        if (cache.TryWriteDownAgain(key, position, record))
        {
            record.CompleteUnawaited();
        }
    }

    private static void AssertReplayed(Cache<int, string> cache, RecordingJournal<int, string> journal)
        => Assert.Equal(journal.Replay().OrderBy(static entry => entry.Key), cache.OrderBy(static entry => entry.Key));

    /// <summary>Each entry is at a record of its own value.</summary>
    private static void AssertPositions(Cache<int, string> cache, RecordingJournal<int, string> journal)
        => Assert.Equal(
            cache.OrderBy(static entry => entry.Key),
            cache.CollectPositions(1, ulong.MaxValue)
                .Select(position => journal.Entries[(int)position - 1])
                .Select(static entry => KeyValuePair.Create(entry.Key, entry.Value!))
                .OrderBy(static entry => entry.Key));

    private void Explore(Action<Cache<int, string>, Plan<int, string>> describe) => Explore(describe, AssertReplayed);

    private void Explore(
        Action<Cache<int, string>, Plan<int, string>> describe,
        Action<Cache<int, string>, RecordingJournal<int, string>> examine,
        Action<CacheOptions<int, string>>? configure = null,
        ulong position = 1,
        int copiers = 1)
        => output.WriteLine(ScheduleSearch.Explore(() =>
        {
            var journal = new RecordingJournal<int, string>();
            Cache<int, string> cache = Caches.Create(8, configure, journal);
            cache.Set(1, "before");
            var plan = new Plan<int, string>(cache);
            for (int copier = 0; copier < copiers; copier++)
            {
                plan.Thread(() => CopyOf(cache, journal, key: 1, position));
            }

            describe(cache, plan);
            return plan.AtEnd(() =>
            {
                examine(cache, journal);
                AssertPositions(cache, journal);
                Assert.Empty(journal.Faults);
                Assert.Equal(0, journal.Uncompleted);
            });
        }));
}
