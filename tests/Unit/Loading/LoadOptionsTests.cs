using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>Options that make no sense are refused where they are set, and the message says which, what and why.</summary>
public sealed class LoadOptionsTests
{
    public static TheoryData<string, TimeSpan, bool> Durations => new()
    {
        { nameof(LoadOptions.NegativeExpireAfterWrite), TimeSpan.Zero, false },
        { nameof(LoadOptions.NegativeExpireAfterWrite), TimeSpan.FromTicks(-1), false },
        { nameof(LoadOptions.NegativeExpireAfterWrite), TimeSpan.FromTicks(1), true },
        { nameof(LoadOptions.SoftTimeout), TimeSpan.Zero, false },
        { nameof(LoadOptions.SoftTimeout), Timeout.InfiniteTimeSpan, false },
        { nameof(LoadOptions.SoftTimeout), TimeSpan.FromTicks(1), true },
        { nameof(LoadOptions.HardTimeout), TimeSpan.Zero, false },
        { nameof(LoadOptions.HardTimeout), TimeSpan.FromDays(-1), false },
        { nameof(LoadOptions.HardTimeout), TimeSpan.FromTicks(1), true },
        { nameof(LoadOptions.StaleWhileRevalidate), TimeSpan.FromTicks(-1), false },
        { nameof(LoadOptions.StaleWhileRevalidate), TimeSpan.Zero, true },
        { nameof(LoadOptions.StaleWhileRevalidate), TimeSpan.MaxValue, true },
        { nameof(LoadOptions.FailSafeMaxDuration), Timeout.InfiniteTimeSpan, false },
        { nameof(LoadOptions.FailSafeMaxDuration), TimeSpan.Zero, true },
        { nameof(LoadOptions.FailSafeMaxDuration), TimeSpan.MaxValue, true },
        { nameof(LoadOptions.FailSafeThrottle), TimeSpan.FromTicks(-1), false },
        { nameof(LoadOptions.FailSafeThrottle), TimeSpan.Zero, true },
    };

    [Theory]
    [MemberData(nameof(Durations))]
    public void A_duration_out_of_its_range_is_refused_and_named(string name, TimeSpan duration, bool isValid)
    {
        if (isValid)
        {
            Assert.NotNull(With(name, duration));
            return;
        }

        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => With(name, duration));
        Assert.Equal(name, refused.ParamName);
        Assert.Equal(duration, refused.ActualValue);
        Assert.Contains($"{name} is {duration}; it must", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_is_no_limit()
        => Assert.Equal(
            new LoadOptions(),
            new LoadOptions { NegativeExpireAfterWrite = null, SoftTimeout = null, HardTimeout = null, EagerRefreshThreshold = null });

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-0.5)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_threshold_out_of_its_range_is_refused_and_named(double threshold)
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => new LoadOptions { EagerRefreshThreshold = threshold });

        Assert.Equal("EagerRefreshThreshold", refused.ParamName);
        Assert.Equal(threshold, refused.ActualValue);
        Assert.Contains("it must be above 0 and below 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_the_cache_that_make_no_sense_are_all_named()
    {
        var refused = Assert.Throws<CacheOptionsException>(() => new Cache<int, string>(
            new CacheOptions<int, string> { Capacity = 1, Loading = null!, MaxBackgroundLoads = 0 }));

        Assert.Contains("Loading is null", refused.Message, StringComparison.Ordinal);
        Assert.Contains("MaxBackgroundLoads is 0; it must be at least 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_change_nothing()
    {
        LoadOptions options = LoadOptions.Default;

        Assert.Null(options.EagerRefreshThreshold);
        Assert.Null(options.SoftTimeout);
        Assert.Null(options.HardTimeout);
        Assert.Null(options.NegativeExpireAfterWrite);
        Assert.Equal(TimeSpan.Zero, options.StaleWhileRevalidate);
        Assert.Equal(TimeSpan.Zero, options.FailSafeMaxDuration);
        Assert.Equal(TimeSpan.FromSeconds(10), options.FailSafeThrottle);
        Assert.Equal(new LoadOptions(), options);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task The_longest_durations_work()
    {
        await Wait.LeaveRunner();
        var time = new ManualTimeProvider();
        var loading = new LoadOptions
        {
            StaleWhileRevalidate = TimeSpan.MaxValue,
            FailSafeMaxDuration = TimeSpan.MaxValue,
            FailSafeThrottle = TimeSpan.MaxValue,
            NegativeExpireAfterWrite = TimeSpan.MaxValue,
            EagerRefreshThreshold = 0.999,
        };
        using Cache<int, string> cache = ExpiringCache.Of<int, string>(time, options => options.Loading = loading);

        Assert.Equal("value", cache.GetOrAdd(1, _ => "value", ExpiringCache.For(TimeSpan.FromSeconds(1))));
        time.AdvanceAtOnce(TimeSpan.FromDays(100));

        Assert.False(cache.ContainsKey(1));
        Assert.Equal("value", cache.GetOrAdd(1, _ => throw new InvalidDataException()));
        Wait.Until(() => cache.LoadsInProgress == 0);
        Assert.Equal("value", cache.GetOrAdd(1, _ => throw new InvalidDataException()));
        cache.AssertConsistent();
    }

    private static LoadOptions With(string name, TimeSpan duration)
        => name switch
        {
            nameof(LoadOptions.NegativeExpireAfterWrite) => new LoadOptions { NegativeExpireAfterWrite = duration },
            nameof(LoadOptions.SoftTimeout) => new LoadOptions { SoftTimeout = duration },
            nameof(LoadOptions.HardTimeout) => new LoadOptions { HardTimeout = duration },
            nameof(LoadOptions.StaleWhileRevalidate) => new LoadOptions { StaleWhileRevalidate = duration },
            nameof(LoadOptions.FailSafeMaxDuration) => new LoadOptions { FailSafeMaxDuration = duration },
            _ => new LoadOptions { FailSafeThrottle = duration },
        };
}
