using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>Whatever a factory does, its load ends, leaves nothing behind, and the next caller loads.</summary>
public sealed class FactoryMisbehaviourTests : IDisposable
{
    private static readonly InvalidDataException Broken = new("broken");
    private readonly Cache<int, string> _cache = TestCache.Of<int, string>(100);

    /// <summary>How a factory fails.</summary>
    public enum Failure
    {
        ThrowsAtOnce,
        ReturnsNull,
        ReturnsFaulted,
        ReturnsCancelled,
        ThrowsLater,
        IsCancelledLater,
    }

    public static TheoryData<Failure> Failures => [.. Enum.GetValues<Failure>()];

    public void Dispose() => _cache.Dispose();

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Failures))]
    public async Task A_failed_load_leaves_nothing_behind_and_the_next_one_works(Failure failure)
    {
        await Wait.LeaveRunner();
        for (int time = 0; time < 3; time++)
        {
            await Assert.ThrowsAsync(
                ExpectedOf(failure), () => _cache.GetOrAddAsync(1, (_, _) => FailAsync(failure)).AsTask());
            AssertNothingIsLeft();
        }

        Assert.Equal("value", _cache.GetOrAdd(1, _ => "value"));
        CacheProbe.AssertWorks(_cache);
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Failures))]
    public async Task A_failed_refresh_leaves_the_value_that_there_is_and_does_not_hold_the_key(Failure failure)
    {
        await Wait.LeaveRunner();
        var time = new ManualTimeProvider();
        var loading = new LoadOptions { EagerRefreshThreshold = 0.5, FailSafeThrottle = TimeSpan.Zero };
        using Cache<int, string> cache = ExpiringCache.Of<int, string>(time, options => options.Loading = loading);
        cache.Set(1, "old", ExpiringCache.For(TimeSpan.FromSeconds(10)));
        time.Advance(TimeSpan.FromSeconds(6));
        int calls = 0;

        for (int attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal("old", await cache.GetOrAddAsync(1, (_, _) =>
            {
                Interlocked.Increment(ref calls);
                return FailAsync(failure);
            }));
            Wait.Until(() => cache.LoadsInProgress == 0 && Volatile.Read(ref calls) == attempt);
        }

        await cache.GetOrAddAsync(1, static (_, _) => Task.FromResult("new"));
        Wait.Until(() => cache.TryGet(1, out string? value) && value == "new");
        cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_synchronous_factory_that_throws_leaves_nothing_behind()
    {
        await Wait.LeaveRunner();

        Assert.Same(Broken, Assert.Throws<InvalidDataException>(() => _cache.GetOrAdd(1, _ => throw Broken)));

        AssertNothingIsLeft();
        Assert.Equal("value", _cache.GetOrAdd(1, _ => "value"));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Nobody_but_those_who_want_the_key_waits_for_a_factory_that_blocks()
    {
        await Wait.LeaveRunner();
        var source = new ScriptedSource<string>();
        Task<string> blocked = Task.Run(() => _cache.GetOrAdd(1, _ => source.Ask().GetAwaiter().GetResult()));
        source.AwaitCalls(1);

        Assert.False(_cache.TryGet(1, out _));
        Assert.Equal("other", _cache.GetOrAdd(2, _ => "other"));
        Assert.True(_cache.Set(3, "third"));
        CacheProbe.AssertWorks(_cache);

        source.Answer("value");
        Assert.Equal("value", await blocked);
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_factory_that_disposes_the_cache_still_answers_its_callers(bool isAsync)
    {
        await Wait.LeaveRunner();

        Assert.Equal("value", await LoadAsync(isAsync, _cache.Dispose));

        Assert.Equal(0, _cache.Count);
        Assert.Equal(0, _cache.LoadsInProgress);
        Assert.Throws<ObjectDisposedException>(() => _cache.GetOrAdd(1, _ => "again"));
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_factory_that_clears_the_cache_is_out_of_date(bool isAsync)
    {
        await Wait.LeaveRunner();

        Assert.Equal("value", await LoadAsync(isAsync, _cache.Clear));

        AssertNothingIsLeft();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_factory_that_removes_its_own_key_is_out_of_date(bool isAsync)
    {
        await Wait.LeaveRunner();

        Assert.Equal("value", await LoadAsync(isAsync, () => Assert.False(_cache.TryRemove(1))));

        AssertNothingIsLeft();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_factory_that_writes_its_own_key_has_had_its_say(bool isAsync)
    {
        await Wait.LeaveRunner();

        Assert.Equal("value", await LoadAsync(isAsync, () => Assert.True(_cache.Set(1, "written"))));

        Assert.True(_cache.TryGet(1, out string? held));
        Assert.Equal("written", held);
        Assert.Equal(0, _cache.LoadsInProgress);
        _cache.AssertConsistent();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData("weigher")]
    [InlineData("expiry")]
    public async Task User_code_that_throws_when_the_result_is_kept_fails_the_load_and_nothing_else(string kind)
    {
        await Wait.LeaveRunner();
        bool isBroken = true;
        using var cache = new Cache<int, string>(new CacheOptions<int, string>
        {
            Capacity = kind == "weigher" ? 0 : 100,
            WeightLimit = kind == "weigher" ? 100 : null,
            Weigher = kind == "weigher" ? (_, _) => isBroken ? throw Broken : 1 : null,
            Expiry = kind == "expiry" ? new ThrowingExpiry(() => isBroken) : null,
        });
        var source = new ScriptedSource<string>();
        Task<string>[] callers = [.. Enumerable.Range(0, 3).Select(_ => cache.GetOrAddAsync(1, (_, token) => source.Ask(token)).AsTask())];

        source.Answer("value");

        foreach (Task<string> caller in callers)
        {
            Assert.Same(Broken, await Assert.ThrowsAsync<InvalidDataException>(() => caller));
        }

        Assert.Equal(0, cache.LoadsInProgress);
        isBroken = false;
        Assert.Equal("later", cache.GetOrAdd(1, _ => "later"));
        Assert.True(cache.ContainsKey(1));
        cache.AssertConsistent();
    }

    private static Type ExpectedOf(Failure failure)
        => failure switch
        {
            Failure.ReturnsNull => typeof(InvalidOperationException),
            Failure.ReturnsCancelled or Failure.IsCancelledLater => typeof(TaskCanceledException),
            _ => typeof(InvalidDataException),
        };

    private static Task<string> FailAsync(Failure failure)
    {
        return failure switch
        {
            Failure.ThrowsAtOnce => throw Broken,
            Failure.ReturnsNull => null!,
            Failure.ReturnsFaulted => Task.FromException<string>(Broken),
            Failure.ReturnsCancelled => Task.FromCanceled<string>(new CancellationToken(canceled: true)),
            _ => LaterAsync(),
        };

        async Task<string> LaterAsync()
        {
            await Task.Yield();
            return failure == Failure.ThrowsLater
                ? throw Broken
                : await Task.FromCanceled<string>(new CancellationToken(canceled: true));
        }
    }

    private Task<string> LoadAsync(bool isAsync, Action meanwhile)
    {
        return isAsync
            ? _cache.GetOrAddAsync(1, async (_, _) =>
            {
                await Task.Yield();
                return Make();
            }).AsTask()
            : Task.FromResult(_cache.GetOrAdd(1, _ => Make()));

        string Make()
        {
            meanwhile();
            return "value";
        }
    }

    private void AssertNothingIsLeft()
    {
        Wait.Until(() => _cache.LoadsInProgress == 0);
        Assert.Equal(0, _cache.Count);
        _cache.AssertConsistent();
    }

    private sealed class ThrowingExpiry(Func<bool> isBroken) : IExpiry<int, string>
    {
        public TimeSpan ExpireAfterCreate(int key, string value) => isBroken() ? throw Broken : Timeout.InfiniteTimeSpan;

        public TimeSpan ExpireAfterUpdate(int key, string value, TimeSpan timeToLive) => timeToLive;
    }
}
