using FastCache.Journaling;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>A value that is put back lives as long as was written down, with the cache's options for what is due and stale.</summary>
public sealed class RestoredLifeTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Tick = ExpiringCache.Tick;

    public static TheoryData<EvictionPolicy, bool> Kinds => ExpiringCache.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_fixed_end_comes_when_it_should(EvictionPolicy policy, bool isPrecise)
    {
        using JournaledCache run = Create(policy, isPrecise);
        Assert.Equal(RestoreOutcome.Restored, run.Restore(1, life: Hour));
        Assert.Equal(Hour, run.Cache.TimeToLive(1));

        run.Time.Advance(Hour - Tick);
        Assert.Equal("old", run.Held(1));
        run.Time.Advance(Tick);
        Assert.Null(run.Held(1));
        run.Time.Advance(Tick);
        AssertReclaimed(run);
        run.AssertSound();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_idle_limit_begins_anew_and_again_with_every_read(EvictionPolicy policy, bool isPrecise)
    {
        using JournaledCache run = Create(policy, isPrecise);
        Assert.Equal(RestoreOutcome.Restored, run.Restore(1, idle: Hour));
        for (int read = 0; read < 5; read++)
        {
            run.Time.Advance(Hour - Tick);
            Assert.True(run.Cache.TryGet(1, out string? value) && value == "old", "it was in use");
        }

        run.Time.Advance(Hour + (2 * Tick));
        Assert.Null(run.Held(1));
        AssertReclaimed(run);
        run.AssertSound();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_earlier_of_both_ends_counts(EvictionPolicy policy, bool isPrecise)
    {
        using JournaledCache run = Create(policy, isPrecise);
        Assert.Equal(RestoreOutcome.Restored, run.Restore(1, life: 2 * Hour, idle: Hour));
        for (int read = 0; read < 3; read++)
        {
            run.Time.Advance(Hour / 2);
            Assert.True(run.Cache.TryGet(1, out _));
        }

        run.Time.Advance(Hour / 2);
        Assert.Null(run.Held(1));
        run.AssertSound();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_without_an_end_stays(EvictionPolicy policy, bool isPrecise)
    {
        using JournaledCache run = Create(policy, isPrecise, static options => options.ExpireAfterWrite = Hour);
        Assert.Equal(RestoreOutcome.Restored, run.Restore(1));

        run.Time.Advance(100 * Hour);

        Assert.Equal("old", run.Held(1));
        Assert.Equal(Timeout.InfiniteTimeSpan, run.Cache.TimeToLive(1));
        run.AssertSound();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_that_is_over_is_not_put_back(EvictionPolicy policy, bool isPrecise)
    {
        using JournaledCache run = Create(
            policy, isPrecise, static options => options.Loading = new LoadOptions { FailSafeMaxDuration = Hour });

        Assert.Equal(RestoreOutcome.Expired, run.Restore(1, life: TimeSpan.Zero));
        Assert.Equal(RestoreOutcome.Expired, run.Restore(1, life: -Hour));
        Assert.Equal(RestoreOutcome.Expired, run.Restore(1, life: TimeSpan.Zero, idle: Hour));
        Assert.Equal(RestoreOutcome.Restored, run.Restore(1, life: ExpiringCache.Instant));

        Assert.Equal(1, run.Cache.Count);
        run.AssertSound();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_is_refreshed_before_it_ends_if_the_cache_says_so(EvictionPolicy policy, bool isPrecise)
    {
        using JournaledCache run = Create(
            policy, isPrecise, static options => options.Loading = new LoadOptions { EagerRefreshThreshold = 0.5 });
        run.Restore(1, life: Hour);

        run.Time.Advance((Hour / 2) - Tick);
        Assert.Equal("old", run.Cache.GetOrAdd(1, static _ => "loaded"));
        run.AwaitLoads();
        Assert.Equal("old", run.Held(1));
        run.Time.Advance(2 * Tick);
        Assert.Equal("old", run.Cache.GetOrAdd(1, static _ => "loaded"));
        run.AwaitLoads();

        Assert.Equal("loaded", run.Held(1));
        Assert.Equal(["put 1 = loaded"], run.Journal.Lines);
        run.AssertSound();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_is_kept_when_it_is_stale_if_the_cache_says_so(EvictionPolicy policy, bool isPrecise)
    {
        using JournaledCache run = Create(
            policy, isPrecise, static options => options.Loading = new LoadOptions { FailSafeMaxDuration = Hour });
        run.Restore(1, life: Hour);
        run.Time.Advance(1.5 * Hour);

        Assert.False(run.Cache.TryGet(1, out _));
        Assert.Equal("old", run.Cache.GetOrAdd(1, static _ => throw new InvalidDataException()));

        run.Time.Advance(Hour);
        Assert.Throws<InvalidDataException>(() => run.Cache.GetOrAdd(1, static _ => throw new InvalidDataException()));
        AssertReclaimed(run);
        run.AssertSound();
    }

    [Fact]
    public void An_end_beyond_all_time_is_none()
    {
        using JournaledCache run = Create(EvictionPolicy.Frecency, isPrecise: false);

        Assert.Equal(RestoreOutcome.Restored, run.Restore(1, life: TimeSpan.MaxValue, idle: TimeSpan.MaxValue));

        run.Time.Advance(1000 * Hour);
        Assert.Equal("old", run.Held(1));
        run.AssertSound();
    }

    /// <summary>Its timer was set: what the timers say is reclaimed, if the actor has not been faster.</summary>
    private static void AssertReclaimed(JournaledCache run)
    {
        run.Cache.TrimExpired();
        Assert.Equal(0, run.Cache.Count);
    }

    private static JournaledCache Create(EvictionPolicy policy, bool isPrecise, Action<CacheOptions<int, string>>? configure = null)
        => new(configure: options =>
        {
            (options.Eviction, options.PreciseExpiry) = (policy, isPrecise);
            configure?.Invoke(options);
        });
}
