using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>What is too heavy or not worth its room removes what was written down before; what makes room for others stays there.</summary>
public sealed class JournalLimitTests
{
    private const int Newcomer = 1000;

    public static TheoryData<string> Writes => [.. WritersByName.Keys];

    private static Dictionary<string, Action<Cache<int, string>, int, string>> WritersByName { get; } = new()
    {
        ["Set"] = static (cache, key, value) => cache.Set(key, value),
        ["Set with options"] = static (cache, key, value) => cache.Set(key, value, ExpiringCache.For(TimeSpan.FromHours(1))),
        ["SetMany"] = static (cache, key, value) => cache.SetMany([KeyValuePair.Create(key, value)]),
        ["TryAdd"] = static (cache, key, value) => cache.TryAdd(key, value),
        ["AddOrUpdate"] = static (cache, key, value) => cache.AddOrUpdate(key, value, (_, _) => value),
        ["GetOrAdd"] = static (cache, key, value) => cache.GetOrAdd(key, _ => value),
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public void What_is_too_heavy_for_an_absent_key(string write)
    {
        using var run = new JournaledCache(JournalShape.Weighed);

        WritersByName[write](run.Cache, 1, JournaledCache.TooHeavy);

        Assert.Equal(["remove 1"], run.Journal.Lines);
        run.AssertSound();
    }

    [Theory]
    [InlineData("Set")]
    [InlineData("Set with options")]
    [InlineData("SetMany")]
    [InlineData("AddOrUpdate")]
    public void What_is_too_heavy_for_a_present_key(string write)
    {
        using var run = new JournaledCache(JournalShape.Weighed);
        run.Cache.Set(1, "a");

        WritersByName[write](run.Cache, 1, JournaledCache.TooHeavy);

        Assert.Equal(["put 1 = a", "remove 1"], run.Journal.Lines);
        Assert.Null(run.Held(1));
        run.AssertSound();
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public void What_is_not_worth_what_it_would_push_out(string write)
    {
        using JournaledCache run = CreateFull();

        WritersByName[write](run.Cache, Newcomer, new string('n', 100));

        Assert.Equal(1, run.Cache.Statistics.RefusedByAdmission);
        Assert.Equal([$"remove {Newcomer}"], run.Journal.Lines);
        run.AssertSound();
    }

    [Fact]
    public void What_is_evicted_for_a_newcomer()
    {
        using var run = new JournaledCache(capacity: 3);
        run.Cache.SetMany(Enumerable.Range(0, 10).Select(static key => KeyValuePair.Create(key, $"{key}")));
        run.Cache.GetOrAdd(10, static key => $"{key}");

        Assert.Equal(8, run.Cache.Statistics.Evictions);
        Assert.Equal(Enumerable.Range(0, 11).Select(static key => $"put {key} = {key}"), run.Journal.Lines);
        run.AssertSound();
    }

    [Fact]
    public void What_is_evicted_for_a_value_that_becomes_heavier()
    {
        using JournaledCache run = CreateFull(EvictionPolicy.Lru);

        Assert.True(run.Cache.TryUpdate(9, new string('n', 100)));
        Assert.True(run.Cache.Set(8, new string('n', 99)));

        Assert.Equal(["put 9 = " + new string('n', 100), "put 8 = " + new string('n', 99)], run.Journal.Lines);
        run.AssertSound();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_a_lower_limit_evicts()
    {
        await Wait.LeaveRunner();
        using var run = new JournaledCache();
        run.Cache.SetMany(Enumerable.Range(0, 500).Select(static key => KeyValuePair.Create(key, "a")));
        run.Journal.StartOver();

        run.Cache.Capacity = 100;
        Wait.Until(() => run.Cache.Count <= 100);

        Assert.Empty(run.Journal.Lines);
        run.AssertSound();
    }

    /// <summary>A cache with ten entries that have been asked for, and no room.</summary>
    private static JournaledCache CreateFull(EvictionPolicy policy = EvictionPolicy.Frecency)
    {
        var run = new JournaledCache(JournalShape.Weighed, options => (options.WeightLimit, options.Eviction) = (1000, policy));
        run.Cache.SetMany(Enumerable.Range(0, 10).Select(static key => KeyValuePair.Create(key, new string('a', 100))));
        run.Cache.GetMany(Enumerable.Range(0, 10));
        run.Journal.StartOver();
        return run;
    }
}
