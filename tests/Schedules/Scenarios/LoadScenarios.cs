using FastCache.Tests.Schedules.Search;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>Loads against what makes them out of date, against each other, and against the table that moves under them.</summary>
public sealed class LoadScenarios(ITestOutputHelper output)
{
    [Fact]
    public void A_load_of_an_absent_key_is_not_kept_if_the_key_is_removed_meanwhile()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            var source = new Source();
            return new Plan<int, string>(cache)
                .Thread(() => cache.GetOrAdd(1, source.Load))
                .Thread(() =>
                {
                    source.Change();
                    cache.TryRemove(1);
                })
                .AtEnd(() => Source.AssertNotStale(cache));
        });

    [Fact]
    public void A_load_of_a_key_that_comes_and_goes_is_not_kept_if_it_is_out_of_date()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            cache.Set(1, "version 0");
            var source = new Source();
            return new Plan<int, string>(cache)
                .Thread(() => cache.GetOrAdd(1, source.Load))
                .Thread(() =>
                {
                    source.Change();
                    cache.TryRemove(1);
                })
                .Thread(() => cache.Trim(1))
                .AtEnd(() => Source.AssertNotStale(cache));
        });

    [Fact]
    public void A_value_that_is_written_during_a_load_stays()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            return new Plan<int, string>(cache)
                .Thread(() => cache.GetOrAdd(1, static _ => "loaded"))
                .Thread(() => cache.Set(1, "written"))
                .AtEnd(() => Assert.True(cache.TryGet(1, out string? value) && value == "written", $"kept {value}"));
        });

    [Fact]
    public void The_same_holds_for_the_load_of_a_stale_entry()
        => Explore(static () =>
        {
            Cache<int, string> cache = CreateWithStaleEntry();
            return new Plan<int, string>(cache)
                .Thread(() => cache.GetOrAdd(1, static _ => "loaded"))
                .Thread(() => cache.Set(1, "written"))
                .AtEnd(() => Assert.True(cache.TryGet(1, out string? value) && value == "written", $"kept {value}"));
        });

    [Fact]
    public void The_load_of_a_stale_entry_survives_growth_and_no_other()
        => Explore(static () =>
        {
            Cache<int, string> cache = CreateWithStaleEntry(entries: Caches.FullAt);
            var source = new Source();
            return new Plan<int, string>(cache)
                .Thread(() => cache.GetOrAdd(1, source.Load))
                .Thread(() => cache.Set(13, Caches.Value(13)))
                .Thread(() =>
                {
                    source.Change();
                    cache.TryRemove(1);
                })
                .AtEnd(() => Source.AssertNotStale(cache));
        });

    [Fact]
    public void A_value_that_is_written_during_a_refresh_stays_though_the_table_grows()
        => Explore(static () =>
        {
            var time = new ManualTimeProvider();
            Cache<int, string> cache = Caches.CreateAboutToGrow(options =>
            {
                options.TimeProvider = time;
                options.ExpireAfterWrite = TimeSpan.FromSeconds(10);
                options.Loading = new LoadOptions { EagerRefreshThreshold = 0.5 };
            });
            cache.TryRemove(1);
            cache.GetOrAdd(1, static _ => "old");
            time.AdvanceAtOnce(TimeSpan.FromSeconds(6));

            // The refresh is on a thread of its own, where it waits until the schedule is over.
            var isOver = new TaskCompletionSource<string>();
            Assert.Equal("old", cache.GetOrAdd(1, _ => isOver.Task.GetAwaiter().GetResult()));
            return new Plan<int, string>(cache)
                .Thread(() => cache.Set(13, Caches.Value(13)))
                .Thread(() => cache.Set(1, "written"))
                .AtEnd(() =>
                {
                    isOver.SetResult("loaded");
                    SpinWait.SpinUntil(() => cache.LoadsInProgress == 0);
                    Assert.True(cache.TryGet(1, out string? value) && value == "written", $"kept {value}");
                });
        });

    [Fact]
    public void Those_who_ask_together_run_one_factory_at_a_time()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            var source = new Source();
            string?[] results = new string?[3];
            Plan<int, string> plan = new(cache);
            for (int thread = 0; thread < results.Length; thread++)
            {
                int caller = thread;
                plan.Thread(() => results[caller] = cache.GetOrAdd(1, source.Load));
            }

            return plan.AtEnd(() =>
            {
                Assert.Equal(1, source.Loads);
                Assert.All(results, static result => Assert.Equal("version 0", result));
                Assert.Equal(0, cache.LoadsInProgress);
            });
        });

    [Fact]
    public void Those_who_ask_after_a_removal_get_what_is_loaded_after_it()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            var source = new Source();
            string? seen = null;
            return new Plan<int, string>(cache)
                .Thread(() => cache.GetOrAdd(1, source.Load))
                .Thread(() =>
                {
                    source.Change();
                    cache.TryRemove(1);
                    seen = cache.GetOrAdd(1, source.Load);
                })
                .Thread(() => cache.GetOrAdd(1, source.Load))
                .AtEnd(() => Assert.Equal("version 1", seen));
        });

    [Fact]
    public void A_factory_that_fails_fails_those_who_have_joined_and_nobody_else()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            int failures = 0;
            void Ask()
            {
                try
                {
                    cache.GetOrAdd(1, static _ => throw new InvalidDataException());
                }
                catch (InvalidDataException)
                {
                    Interlocked.Increment(ref failures);
                }
            }

            return new Plan<int, string>(cache).Thread(Ask).Thread(Ask).AtEnd(() =>
            {
                Assert.Equal(2, failures);
                Assert.Equal(0, cache.LoadsInProgress);
                Assert.Equal("loaded", cache.GetOrAdd(1, static _ => "loaded"));
            });
        });

    [Fact]
    public void Two_loads_that_ask_for_each_other_do_not_wait_forever()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            int refusals = 0;
            void Ask(int outer, int inner)
            {
                try
                {
                    cache.GetOrAdd(outer, _ => cache.GetOrAdd(inner, static key => Caches.Value(key)));
                }
                catch (InvalidOperationException)
                {
                    Interlocked.Increment(ref refusals);
                }
            }

            return new Plan<int, string>(cache).Thread(() => Ask(1, 2)).Thread(() => Ask(2, 1)).AtEnd(() =>
            {
                // Both fail if one is refused and the other has joined it.
                Assert.InRange(refusals, 0, 2);
                Assert.Equal(0, cache.LoadsInProgress);
            });
        });

    [Fact]
    public void Loads_of_keys_with_one_hash_code_do_not_mix()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8, static options => options.Comparer = new OneHashCode());
            Plan<int, string> plan = new(cache);
            for (int thread = 1; thread <= 3; thread++)
            {
                int key = (thread % 2) + 1;
                plan.Thread(() => Assert.Equal(Caches.Value(key), cache.GetOrAdd(key, Caches.Value)));
            }

            return plan.AtEnd(() => Assert.Equal(0, cache.LoadsInProgress));
        });

    private void Explore(Func<Scenario> create) => output.WriteLine(ScheduleSearch.Explore(create));

    /// <summary>A cache whose key 1 has expired and is kept for the sake of a load that fails.</summary>
    private static Cache<int, string> CreateWithStaleEntry(int entries = 1)
    {
        var time = new ManualTimeProvider();
        Cache<int, string> cache = Caches.CreateAboutToGrow(options =>
        {
            options.TimeProvider = time;
            options.Loading = new LoadOptions { FailSafeMaxDuration = TimeSpan.FromHours(1) };
        });
        cache.Clear();
        for (int key = 2; key <= entries; key++)
        {
            cache.Set(key, Caches.Value(key));
        }

        cache.GetOrAdd(1, static _ => "version 0", new EntryOptions { ExpireAfterWrite = TimeSpan.FromSeconds(10) });
        time.AdvanceAtOnce(TimeSpan.FromSeconds(11));
        return cache;
    }
}
