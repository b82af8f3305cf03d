using FastCache.Tests.Schedules.Search;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>Reads against everything that changes what they read.</summary>
public sealed class ReadScenarios(ITestOutputHelper output)
{
    [Fact]
    public void Against_an_update_reads_see_the_old_value_and_then_the_new_one()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            cache.Set(1, "old");
            string? first = null;
            string? second = null;
            return new Plan<int, string>(cache)
                .Thread(() =>
                {
                    first = Read(cache, 1);
                    second = Read(cache, 1);
                })
                .Thread(() => cache.Set(1, "new"))
                .AtEnd(() => Assert.True(
                    (first, second) is ("old", "old") or ("old", "new") or ("new", "new"), $"read {first}, then {second}"));
        });

    [Fact]
    public void Against_an_update_a_key_that_can_be_torn_is_not_taken_for_absent()
        => Explore(static () =>
        {
            Cache<(int, int), string> cache = Caches.Create<(int, int), string>(8);
            cache.Set((1, 1), "old");
            string? seen = null;
            return new Plan<(int, int), string>(cache)
                .Thread(() => seen = Read(cache, (1, 1)))
                .Thread(() => cache.Set((1, 1), "new"))
                .AtEnd(() => Assert.True(seen is "old" or "new", $"read {seen}"));
        });

    [Fact]
    public void Against_an_update_a_value_of_three_words_is_not_torn()
        => Explore(static () =>
        {
            Cache<int, (long, long, long)> cache = Caches.Create<int, (long, long, long)>(8);
            cache.Set(1, (1, 1, 1));
            (long First, long Second, long Third) seen = default;
            return new Plan<int, (long, long, long)>(cache)
                .Thread(() => cache.TryGet(1, out seen))
                .Thread(() =>
                {
                    cache.Set(1, (2, 2, 2));
                    cache.Set(1, (3, 3, 3));
                })
                .AtEnd(() => Assert.True(seen is (1, 1, 1) or (2, 2, 2) or (3, 3, 3), $"read {seen}"));
        });

    [Fact]
    public void Against_an_eviction_a_read_gets_the_value_of_its_key_or_nothing()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(1, static options => options.Eviction = EvictionPolicy.Fifo);
            cache.Set(1, "one");
            string? one = null;
            string? two = null;
            int twin = Caches.TwinOfOne;
            return new Plan<int, string>(cache)
                .Thread(() => one = Read(cache, 1))
                .Thread(() => cache.Set(twin, "two"))
                .Thread(() => two = Read(cache, twin))
                .AtEnd(() => Assert.True(one is null or "one" && two is null or "two", $"read {one} and {two}"));
        });

    [Fact]
    public void Against_the_reuse_of_its_slot_a_read_gets_the_value_of_its_key_or_nothing()
        => Explore(() => SlotReuse(Caches.Create<int, string>(8)));

    [Fact]
    public void The_same_holds_where_a_comparer_compares_the_keys()
        => Explore(() => SlotReuse(Caches.Create<int, string>(8, static options => options.Comparer = new OneHashCode())));

    [Fact]
    public void The_same_holds_for_keys_that_can_be_torn_and_no_comparer_sees_a_torn_one()
        => Explore(static () =>
        {
            Cache<(long, long), string> cache = Caches.Create<(long, long), string>(
                8, static options => options.Comparer = EqualityComparer<(long, long)>.Create(AreEqualAndWhole, static _ => 1));
            cache.Set((1, 1), "one");
            string? one = null;
            return new Plan<(long, long), string>(cache)
                .Thread(() => one = Read(cache, (1, 1)))
                .Thread(() =>
                {
                    cache.TryRemove((1, 1));
                    cache.Set((2, 2), "two");
                })
                .AtEnd(() => Assert.True(one is null or "one", $"read {one}"));
        });

    [Fact]
    public void Against_a_removal_and_a_new_value_the_old_value_does_not_come_back()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(8);
            cache.Set(1, "old");
            List<string?> seen = [];
            return new Plan<int, string>(cache)
                .Thread(() =>
                {
                    for (int read = 0; read < 3; read++)
                    {
                        seen.Add(Read(cache, 1));
                    }
                })
                .Thread(() =>
                {
                    cache.TryRemove(1);
                    cache.Set(1, "new");
                })
                .AtEnd(() => Assert.Equal(seen.OrderBy(static value => value switch { "old" => 0, null => 1, _ => 2 }), seen));
        });

    [Fact]
    public void Against_growth_a_key_that_is_present_is_found()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.CreateAboutToGrow();
            return new Plan<int, string>(cache)
                .Thread(() => AssertFound(cache, 1))
                .Thread(() => cache.Set(13, Caches.Value(13)))
                .Thread(() => AssertFound(cache, 7));
        });

    [Fact]
    public void Against_another_removal_a_key_that_is_present_is_found()
        => Explore(static () =>
        {
            // One hash code: the two lie side by side, and more than fit one group make searches go on to the next.
            Cache<int, string> cache = Caches.Create<int, string>(40, static options =>
            {
                options.Comparer = new OneHashCode();
                options.InitialCapacity = 40;
            });
            for (int key = 1; key <= 16; key++)
            {
                cache.Set(key, Caches.Value(key));
            }

            return new Plan<int, string>(cache)
                .Thread(() => AssertFound(cache, 16))
                .Thread(() => cache.TryRemove(3))
                .Thread(() => cache.TryAdd(17, Caches.Value(17)));
        });

    [Fact]
    public void Against_expiry_a_read_gets_the_value_of_its_key_or_nothing()
        => Explore(static () =>
        {
            var time = new ManualTimeProvider();
            Cache<int, string> cache = Caches.Create<int, string>(8, options =>
            {
                options.TimeProvider = time;
                options.ExpireAfterWrite = TimeSpan.FromSeconds(10);
            });
            cache.Set(1, "one");
            string? seen = null;
            return new Plan<int, string>(cache)
                .Thread(() => seen = Read(cache, 1))
                .Thread(() =>
                {
                    time.AdvanceAtOnce(TimeSpan.FromSeconds(11));
                    cache.TrimExpired();
                    cache.Set(Caches.TwinOfOne, "two");
                })
                .AtEnd(() => Assert.True(seen is null or "one", $"read {seen}"));
        });

    private void Explore(Func<Scenario> create) => output.WriteLine(ScheduleSearch.Explore(create));

    private static Plan<int, string> SlotReuse(Cache<int, string> cache)
    {
        cache.Set(1, "one");
        string? one = null;
        string? two = null;
        int twin = Caches.TwinOfOne;
        return new Plan<int, string>(cache)
            .Thread(() => one = Read(cache, 1))
            .Thread(() =>
            {
                cache.TryRemove(1);
                cache.Set(twin, "two");
            })
            .Thread(() => two = Read(cache, twin))
            .AtEnd(() => Assert.True(one is null or "one" && two is null or "two", $"read {one} and {two}"));
    }

    private static bool AreEqualAndWhole((long First, long Second) one, (long First, long Second) other)
    {
        Assert.Equal(one.First, one.Second);
        Assert.Equal(other.First, other.Second);
        return one == other;
    }

    /// <summary>The value of a key; null if it is absent. What is found is never null.</summary>
    private static string? Read<TKey>(Cache<TKey, string> cache, TKey key)
        where TKey : notnull
        => cache.TryGet(key, out string? value) ? value ?? "a value that was cleared" : null;

    private static void AssertFound(Cache<int, string> cache, int key)
        => Assert.True(cache.TryGet(key, out string? value) && value == Caches.Value(key), $"key {key} has {value ?? "nothing"}");
}
