using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>Which came first, a load or an invalidation, is counted and not timed: no clock has a say in it.</summary>
public sealed class LogicalVersionTests
{
    private const int Key = LoadUnderWay<string>.Key;

    public static TheoryData<LoadMode> Modes => [.. Enum.GetValues<LoadMode>()];

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Modes))]
    public async Task An_invalidation_wins_though_the_clock_was_set_back_before_it(LoadMode mode)
    {
        await Wait.LeaveRunner();
        using var load = new LoadUnderWay<string>(mode, "old");
        load.Begin();

        load.Time.JumpBack(TimeSpan.FromMinutes(1));
        load.Cache.Clear();
        await load.EndAsync("loaded");

        Assert.Equal((false, null), load.Held());
        load.Cache.AssertConsistent();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Modes))]
    public async Task A_write_wins_though_the_clock_was_set_back_before_it(LoadMode mode)
    {
        await Wait.LeaveRunner();
        using var load = new LoadUnderWay<string>(mode, "old");
        load.Begin();

        load.Time.JumpBack(TimeSpan.FromMinutes(1));
        load.Cache.Set(Key, "new");
        await load.EndAsync("loaded");

        Assert.Equal((true, "new"), load.Held());
        load.Cache.AssertConsistent();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Modes))]
    public async Task A_load_commits_though_the_clock_was_set_back_meanwhile(LoadMode mode)
    {
        await Wait.LeaveRunner();
        using var load = new LoadUnderWay<string>(mode, "old");
        load.Begin();

        load.Time.JumpBack(TimeSpan.FromMinutes(1));
        await load.EndAsync("loaded");

        Assert.Equal((true, "loaded"), load.Held());
        Assert.InRange(load.Cache.TimeToLive(Key)!.Value, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(10) + ExpiringCache.Tick);
        load.Cache.AssertConsistent();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Modes))]
    public async Task An_invalidation_at_the_same_moment_as_the_beginning_wins(LoadMode mode)
    {
        await Wait.LeaveRunner();
        using var load = new LoadUnderWay<string>(mode, "old");
        load.Begin();

        // No time has passed at all since it began.
        load.Cache.TryRemove(Key);
        await load.EndAsync("loaded");

        Assert.Equal((false, null), load.Held());
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Modes))]
    public async Task What_was_invalidated_before_a_load_began_is_no_concern_of_it(LoadMode mode)
    {
        await Wait.LeaveRunner();
        using var load = new LoadUnderWay<string>(mode, "old");
        load.Cache.TryRemove(Key);
        load.Cache.Clear();
        load.Begin();

        await load.EndAsync("loaded");

        Assert.Equal((true, "loaded"), load.Held());
    }
}
