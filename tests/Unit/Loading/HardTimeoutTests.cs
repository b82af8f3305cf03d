using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>A load that takes too long is over for all: cancelled, failed and forgotten, even if its factory is deaf.</summary>
public sealed class HardTimeoutTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedSource<string> _source = new();
    private readonly Cache<int, string> _cache;

    public HardTimeoutTests()
        => _cache = ExpiringCache.Of<int, string>(_time, options => options.Loading = new LoadOptions { HardTimeout = Limit });

    public void Dispose() => _cache.Dispose();

    [Fact(Timeout = Wait.Watchdog)]
    public async Task It_releases_all_who_wait_for_a_deaf_factory_and_cancels_its_token()
    {
        await Wait.LeaveRunner();
        Task<string>[] callers = [Ask(), Ask(), Ask()];
        _source.AwaitCalls(1);
        _time.Advance(Limit - ExpiringCache.Instant);
        Assert.All(callers, static caller => Assert.False(caller.IsCompleted));
        Assert.False(_source.TokenOf(0).IsCancellationRequested);

        _time.Advance(ExpiringCache.Instant);

        foreach (Task<string> caller in callers)
        {
            Assert.Contains("HardTimeout of 00:00:05", (await Assert.ThrowsAsync<TimeoutException>(() => caller)).Message, StringComparison.Ordinal);
        }

        Assert.True(_source.TokenOf(0).IsCancellationRequested);
        Assert.Equal(1, _source.Calls);
        AssertNothingIsLeft();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Limits_may_be_as_long_as_there_are_times()
    {
        await Wait.LeaveRunner();
        var options = new LoadOptions { HardTimeout = TimeSpan.MaxValue, SoftTimeout = TimeSpan.MaxValue, FailSafeMaxDuration = TimeSpan.FromDays(1) };
        using Cache<int, string> cache = ExpiringCache.Of<int, string>(_time, made =>
        {
            made.Loading = options;
            made.ExpireAfterWrite = TimeSpan.FromHours(1);
        });
        cache.Set(1, "old");
        _time.Advance(TimeSpan.FromHours(2));

        Task<string> caller = cache.GetOrAddAsync(1, (_, token) => _source.Ask(token)).AsTask();
        _source.AwaitCalls(1);
        _time.Advance(TimeSpan.FromDays(100));
        Assert.False(caller.IsCompleted);
        _source.Answer("new");

        Assert.Equal("new", await caller);
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_deaf_factory_brings_later_changes_nothing(bool fails)
    {
        await Wait.LeaveRunner();
        Task<string> caller = Ask();
        _source.AwaitCalls(1);
        _time.Advance(Limit);
        await Assert.ThrowsAsync<TimeoutException>(() => caller);
        Task<string> next = Ask();
        _source.AwaitCalls(2);

        if (fails)
        {
            _source.Fail(new InvalidDataException("too late"));
        }
        else
        {
            _source.Answer("too late");
        }

        Assert.False(next.IsCompleted);
        _source.Answer("value", call: 1);
        Assert.Equal("value", await next);
        Wait.Until(() => _cache.LoadsInProgress == 0);
        Assert.True(_cache.TryGet(1, out string? held));
        Assert.Equal("value", held);
        _cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_factory_that_blocks_its_thread_is_left_behind_too()
    {
        await Wait.LeaveRunner();
        Task<string> caller = _cache.GetOrAddAsync(1, (_, token) => Task.FromResult(_source.Ask(token).GetAwaiter().GetResult())).AsTask();
        _source.AwaitCalls(1);

        _time.Advance(Limit);

        await Assert.ThrowsAsync<TimeoutException>(() => caller);
        AssertNothingIsLeft();
        _source.Answer("too late");
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_deaf_factory_can_go_on_using_the_cache()
    {
        await Wait.LeaveRunner();
        var inner = new TaskCompletionSource<string>();
        Task<string> caller = _cache.GetOrAddAsync(1, (_, token) =>
        {
            try
            {
                _source.Ask(token).GetAwaiter().GetResult();
                inner.SetResult(_cache.GetOrAdd(2, _ => "unused"));
            }
            catch (InvalidOperationException refused)
            {
                inner.SetException(refused);
            }

            return Task.FromResult("too late");
        }).AsTask();
        _source.AwaitCalls(1);
        _time.Advance(Limit);
        await Assert.ThrowsAsync<TimeoutException>(() => caller);

        // A load of what it asks for is under way, and knows nothing of that factory.
        for (int key = 2; key < 40; key++)
        {
            int own = key;
            Task<string> other = Task.Run(() => _cache.GetOrAdd(own, _ => _source.Ask().GetAwaiter().GetResult()));
            _source.AwaitCalls(key);
            if (key > 2)
            {
                _source.Answer("other", call: key - 1);
                await other;
            }
        }

        _source.Answer("go on");
        Wait.Until(() => inner.Task.IsCompleted || _cache.LoadsInProgress == 1);
        _source.Answer("two", call: 1);

        Assert.Equal("two", await inner.Task);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_timeout_of_the_factorys_own_passes_through()
    {
        await Wait.LeaveRunner();
        Task<string> caller = Ask();
        _source.AwaitCalls(1);

        _source.Fail(new TimeoutException("its own"));

        Assert.Equal("its own", (await Assert.ThrowsAsync<TimeoutException>(() => caller)).Message);
        Assert.False(_source.TokenOf(0).IsCancellationRequested);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_load_that_is_in_time_leaves_no_timer()
    {
        await Wait.LeaveRunner();
        Task<string> caller = Ask();
        _source.AwaitCalls(1);

        _source.Answer("value");

        Assert.Equal("value", await caller);
        Wait.Until(() => _time.ActiveTimers == 0);
    }

    private Task<string> Ask() => _cache.GetOrAddAsync(1, (_, token) => _source.Ask(token)).AsTask();

    private void AssertNothingIsLeft()
    {
        Wait.Until(() => _cache.LoadsInProgress == 0);
        Assert.Equal(0, _cache.Count);
        _cache.AssertConsistent();
    }
}
