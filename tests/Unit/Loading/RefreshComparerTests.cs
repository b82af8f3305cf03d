using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

public sealed class RefreshComparerTests
{
    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_comparer_that_throws_while_a_refresh_begins_does_not_fail_the_hit()
    {
        await Wait.LeaveRunner();
        var time = new ManualTimeProvider();
        var comparer = new ScriptedComparer<int>();
        using Cache<int, string> cache = ExpiringCache.Of<int, string>(time, options =>
        {
            options.Comparer = comparer;
            options.ExpireAfterWrite = TimeSpan.FromMinutes(10);
            options.Loading = new LoadOptions { EagerRefreshThreshold = 0.5 };
        });
        cache.Set(1, "old");
        time.Advance(TimeSpan.FromMinutes(6));

        // The first look, the one that finds the refresh due, and the one that begins it.
        comparer.EqualsCalls = 0;
        comparer.OnEquals = call => _ = call == 3 ? throw new InvalidDataException() : call;
        Assert.Equal("old", await cache.GetOrAddAsync(1, static (_, _) => new ValueTask<string>("new")));
        Assert.Equal(3, comparer.EqualsCalls);
        Assert.Equal(0, cache.LoadsInProgress);

        comparer.OnEquals = null;
        Assert.Equal("old", await cache.GetOrAddAsync(1, static (_, _) => new ValueTask<string>("new")));
        Wait.Until(() => cache.TryGet(1, out string? value) && value == "new");
        cache.AssertConsistent();
    }
}
