using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>A value is refreshed by one load at a time, and a slow or failed one does not leave it stale for ever.</summary>
public sealed class RefreshRaceTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedSource<string> _source = new();
    private readonly Cache<int, string> _cache;

    public RefreshRaceTests()
        => _cache = ExpiringCache.Of<int, string>(_time, options =>
        {
            options.ExpireAfterWrite = 10 * Second;
            options.Loading = new LoadOptions { EagerRefreshThreshold = 0.5 };
        });

    public void Dispose() => _cache.Dispose();

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Many_hits_of_a_due_entry_start_one_refresh()
    {
        await Wait.LeaveRunner();
        _cache.Set(1, "old");
        _time.Advance(6 * Second);

        Crew.Run(4, _ =>
        {
            for (int i = 0; i < 100; i++)
            {
                Assert.Equal("old", _cache.GetOrAdd(1, Ask));
            }
        });

        _source.AwaitCalls(1);
        Assert.Equal(1, _cache.LoadsInProgress);
        End("new");
        Assert.Equal("new", _cache.GetOrAdd(1, Ask));
        Assert.Equal(1, _source.Calls);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_refresh_that_takes_longer_than_the_entry_lives_still_brings_a_fresh_value()
    {
        await Wait.LeaveRunner();
        _cache.Set(1, "old");
        _time.Advance(6 * Second);
        Assert.Equal("old", _cache.GetOrAdd(1, Ask));
        _source.AwaitCalls(1);
        _time.Advance(60 * Second);

        Task<string> caller = AskAsync().AsTask();
        Assert.False(caller.IsCompleted);
        End("new");

        Assert.Equal("new", await caller);
        Assert.Equal(1, _source.Calls);
        Assert.Equal(10 * Second, _cache.TimeToLive(1));
        _time.Advance(6 * Second);
        Assert.Equal("new", await AskAsync());
        _source.AwaitCalls(2);
        End("newest", call: 1);
        Assert.Equal("newest", await AskAsync());
        _cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task An_entry_that_was_refreshed_is_due_again_and_not_before()
    {
        await Wait.LeaveRunner();
        _cache.Set(1, "0");
        for (int round = 0; round < 5; round++)
        {
            _time.Advance(4 * Second);
            Assert.Equal($"{round}", await AskAsync());
            Assert.Equal(round, _source.Calls);
            Assert.Equal(0, _cache.LoadsInProgress);
            _time.Advance(2 * Second);
            Assert.Equal($"{round}", await AskAsync());
            _source.AwaitCalls(round + 1);
            End($"{round + 1}", call: round);
        }
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_refresh_that_was_invalidated_does_not_keep_the_next_one_from_starting()
    {
        await Wait.LeaveRunner();
        _cache.Set(1, "old");
        _time.Advance(6 * Second);
        Assert.Equal("old", await AskAsync());
        _source.AwaitCalls(1);
        _cache.Set(1, "written");
        End("refreshed");

        _time.Advance(6 * Second);
        Assert.Equal("written", await AskAsync());
        _source.AwaitCalls(2);
        End("new", call: 1);

        Assert.Equal("new", await AskAsync());
    }

    private string Ask(int key) => _source.Ask().GetAwaiter().GetResult();

    private ValueTask<string> AskAsync() => _cache.GetOrAddAsync(1, (_, token) => _source.Ask(token));

    private void End(string value, int call = 0)
    {
        _source.Answer(value, call);
        Wait.Until(() => _cache.LoadsInProgress == 0);
    }
}
