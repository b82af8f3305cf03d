using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>A call that has no factory of its own never waits for a load of others, nor does it get that load's result.</summary>
public sealed class PureReadTests
{
    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(LoadMode.Sync)]
    [InlineData(LoadMode.Async)]
    [InlineData(LoadMode.Bulk)]
    [InlineData(LoadMode.AsyncOverStale)]
    [InlineData(LoadMode.StaleRefresh)]
    [InlineData(LoadMode.AfterSoftTimeout)]
    public async Task Reads_during_a_load_say_absent_at_once(LoadMode mode)
    {
        await Wait.LeaveRunner();
        const int Key = LoadUnderWay<string>.Key;
        using var load = new LoadUnderWay<string>(mode, "old");
        load.Begin();

        Assert.False(load.Cache.TryGet(Key, out string? value));
        Assert.Null(value);
        Assert.False(load.Cache.TryPeek(Key, out _));
        Assert.False(load.Cache.ContainsKey(Key));
        Assert.False(load.Cache.Touch(Key));
        Assert.Null(load.Cache.TimeToLive(Key));
        Assert.Empty(load.Cache.GetMany([Key]));
        Assert.Empty(load.Cache);
        Assert.Equal(1, load.Cache.LoadsInProgress);

        await load.EndAsync("loaded");
        Assert.Equal((true, "loaded"), load.Held());
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Reads_during_a_refresh_get_the_value_that_there_is()
    {
        await Wait.LeaveRunner();
        using var load = new LoadUnderWay<string>(LoadMode.EagerRefresh, "old");
        load.Begin();

        Assert.Equal((true, "old"), load.Held());
        Assert.Equal("old", Assert.Single(load.Cache).Value);

        await load.EndAsync("loaded");
        Assert.Equal((true, "loaded"), load.Held());
    }
}
