using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>A load that nobody waits for belongs to the cache: not to the caller, request or thread that happened to start it.</summary>
public sealed class BackgroundLoadTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedSource<string> _source = new();

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(LoadMode.EagerRefresh)]
    [InlineData(LoadMode.StaleRefresh)]
    public async Task It_does_not_end_with_its_callers_token(LoadMode mode)
    {
        await Wait.LeaveRunner();
        using Cache<int, string> cache = CacheWithDueEntries(mode);
        using var request = new CancellationTokenSource();
        Assert.Equal("old 1", await cache.GetOrAddAsync(1, (_, token) => _source.AskOrGiveUp(token), request.Token));
        _source.AwaitCalls(1);

        await request.CancelAsync();

        Assert.False(_source.TokenOf(0).IsCancellationRequested);
        Assert.NotEqual(request.Token, _source.TokenOf(0));
        _source.Answer("new");
        Wait.Until(() => cache.TryGet(1, out string? value) && value == "new");
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(LoadMode.EagerRefresh)]
    [InlineData(LoadMode.StaleRefresh)]
    public async Task It_does_not_see_its_callers_context(LoadMode mode)
    {
        await Wait.LeaveRunner();
        using Cache<int, string> cache = CacheWithDueEntries(mode);
        var ambient = new AsyncLocal<string?> { Value = "request" };
        var seen = new TaskCompletionSource<string?>();

        await cache.GetOrAddAsync(1, async (_, _) =>
        {
            await Task.Yield();
            seen.SetResult(ambient.Value);
            return "new";
        });

        Assert.Null(await seen.Task);
        Assert.Equal("request", ambient.Value);
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(LoadMode.EagerRefresh)]
    [InlineData(LoadMode.StaleRefresh)]
    [InlineData(LoadMode.AfterSoftTimeout)]
    public async Task It_is_cancelled_when_the_cache_is_disposed(LoadMode mode)
    {
        await Wait.LeaveRunner();
        Cache<int, string> cache = CacheWithDueEntries(mode);
        Task<string> caller = cache.GetOrAddAsync(1, (_, token) => _source.AskOrGiveUp(token)).AsTask();
        _source.AwaitCalls(1);
        if (mode == LoadMode.AfterSoftTimeout)
        {
            _time.Advance(Second);
        }

        Assert.Equal("old 1", await caller);
        Assert.False(_source.TokenOf(0).IsCancellationRequested);
        cache.Dispose();

        Wait.Until(() => _source.TokenOf(0).IsCancellationRequested && cache.LoadsInProgress == 0);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_load_that_somebody_waits_for_outlives_the_cache()
    {
        await Wait.LeaveRunner();
        Cache<int, string> cache = TestCache.Of<int, string>(100);
        using var request = new CancellationTokenSource();
        Task<string> caller = cache.GetOrAddAsync(1, (_, token) => _source.AskOrGiveUp(token), request.Token).AsTask();

        cache.Dispose();

        Assert.False(_source.TokenOf(0).IsCancellationRequested);
        _source.Answer("value");
        Assert.Equal("value", await caller);
        Assert.Equal(0, cache.Count);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Its_factory_runs_on_no_callers_thread()
    {
        await Wait.LeaveRunner();
        using Cache<int, string> cache = CacheWithDueEntries(LoadMode.EagerRefresh);

        // Returns although the factory blocks.
        Assert.Equal("old 1", cache.GetOrAdd(1, _ => _source.Ask().GetAwaiter().GetResult()));

        _source.AwaitCalls(1);
        _source.Answer("new");
        Wait.Until(() => cache.TryGet(1, out string? value) && value == "new");
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task There_are_never_more_of_them_than_allowed_and_the_next_hit_tries_again()
    {
        await Wait.LeaveRunner();
        using Cache<int, string> cache = CacheWithDueEntries(LoadMode.EagerRefresh, maxBackgroundLoads: 2);
        for (int key = 1; key <= 5; key++)
        {
            Assert.Equal($"old {key}", await AskAsync(cache, key));
        }

        _source.AwaitCalls(2);
        Assert.Equal(2, cache.LoadsInProgress);
        _source.Answer("new");
        Wait.Until(() => cache.LoadsInProgress == 1);

        // The place is free a moment after the load has ended.
        Wait.Until(() => cache.GetOrAdd(5, Ask) is not null && cache.LoadsInProgress == 2);
        _source.AwaitCalls(3);
        await AskAsync(cache, 4);
        Assert.Equal(2, cache.LoadsInProgress);
        Assert.Equal(3, _source.Calls);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Failed_ones_give_their_places_back()
    {
        await Wait.LeaveRunner();
        using Cache<int, string> cache = CacheWithDueEntries(LoadMode.EagerRefresh, maxBackgroundLoads: 1);
        int calls = 0;
        for (int key = 1; key <= 5; key++)
        {
            // The place is free a moment after the load has ended.
            Wait.Until(() => cache.GetOrAdd(key, Fail) is not null && Volatile.Read(ref calls) == key);
            Wait.Until(() => cache.LoadsInProgress == 0);
        }

        string Fail(int key)
        {
            Interlocked.Increment(ref calls);
            throw new InvalidDataException("broken");
        }
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task One_that_takes_too_long_gives_its_place_and_its_key_back()
    {
        await Wait.LeaveRunner();
        using Cache<int, string> cache = CacheWithDueEntries(LoadMode.EagerRefresh, maxBackgroundLoads: 1, hardTimeout: Second);
        Assert.Equal("old 1", await AskAsync(cache, 1));
        _source.AwaitCalls(1);
        Wait.Until(() => _time.ActiveTimers >= 2);

        _time.Advance(Second);

        Wait.Until(() => cache.LoadsInProgress == 0);
        Assert.True(_source.TokenOf(0).IsCancellationRequested);
        Wait.Until(() => cache.GetOrAdd(2, Ask) is not null && _source.Calls == 2);
        Assert.True(cache.TryGet(1, out string? value));
        Assert.Equal("old 1", value);
        cache.AssertConsistent();
    }

    private string Ask(int key) => _source.Ask().GetAwaiter().GetResult();

    private ValueTask<string> AskAsync(Cache<int, string> cache, int key)
        => cache.GetOrAddAsync(key, (_, token) => _source.Ask(token));

    /// <summary>Keys 1 to 5 are due.</summary>
    private Cache<int, string> CacheWithDueEntries(LoadMode mode, int maxBackgroundLoads = 64, TimeSpan? hardTimeout = null)
    {
        Cache<int, string> cache = ExpiringCache.Of<int, string>(_time, options =>
        {
            options.MaxBackgroundLoads = maxBackgroundLoads;
            options.Loading = mode switch
            {
                LoadMode.EagerRefresh => new LoadOptions { EagerRefreshThreshold = 0.5, HardTimeout = hardTimeout },
                LoadMode.StaleRefresh => new LoadOptions { StaleWhileRevalidate = 1000 * Second },
                _ => new LoadOptions { FailSafeMaxDuration = 1000 * Second, SoftTimeout = Second },
            };
        });
        for (int key = 1; key <= 5; key++)
        {
            cache.Set(key, $"old {key}", ExpiringCache.For(100 * Second));
        }

        _time.Advance((mode == LoadMode.EagerRefresh ? 60 : 110) * Second);
        return cache;
    }
}
