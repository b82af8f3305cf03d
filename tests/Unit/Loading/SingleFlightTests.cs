using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

public class SingleFlightTests
{
    private readonly Cache<int, string> _cache = TestCache.Of<int, string>(100);

    [Fact]
    public async Task A_thousand_callers_of_a_missing_key_run_one_factory()
    {
        var source = new TaskCompletionSource<string>();
        int runs = 0;
        Task<string>[] callers = [.. Enumerable.Range(0, 1000).Select(_ => _cache.GetOrAddAsync(1, (_, _) =>
        {
            Interlocked.Increment(ref runs);
            return new ValueTask<string>(source.Task);
        }).AsTask())];

        Assert.All(callers, static caller => Assert.False(caller.IsCompleted));
        source.SetResult("value");

        Assert.All(await Task.WhenAll(callers), static value => Assert.Equal("value", value));
        Assert.Equal(1, runs);
        Assert.True(_cache.TryGet(1, out _));
        _cache.AssertConsistent();
    }

    [Fact]
    public async Task A_failure_reaches_all_who_wait_and_the_next_call_tries_again()
    {
        var source = new TaskCompletionSource<string>();
        Task<string>[] callers = [.. Enumerable.Range(0, 10).Select(_ => _cache.GetOrAddAsync(1, (_, _) => source.Task).AsTask())];

        source.SetException(new InvalidDataException("broken"));

        foreach (Task<string> caller in callers)
        {
            Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidDataException>(() => caller)).Message);
        }

        Assert.False(_cache.ContainsKey(1));
        Assert.Equal("value", await _cache.GetOrAddAsync(1, static (_, _) => new ValueTask<string>("value")));
    }

    [Fact]
    public async Task A_synchronous_caller_joins_an_asynchronous_load()
    {
        var source = new TaskCompletionSource<string>();
        Task<string> first = _cache.GetOrAddAsync(1, (_, _) => source.Task).AsTask();
        using var entered = new ManualResetEventSlim();
        Task<string> second = Task.Run(() =>
        {
            entered.Set();
            return _cache.GetOrAdd(1, _ => throw new InvalidOperationException("A second factory."));
        });
        entered.Wait();

        source.SetResult("value");

        Assert.Equal("value", await first);
        Assert.Equal("value", await second);
    }

    [Fact]
    public async Task An_asynchronous_caller_joins_a_synchronous_load()
    {
        using var started = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        Task<string> first = Task.Run(() => _cache.GetOrAdd(1, _ =>
        {
            started.Set();
            release.Wait();
            return "value";
        }));
        started.Wait();
        Task<string> second = _cache.GetOrAddAsync(1, (_, _) => throw new InvalidOperationException("A second factory.")).AsTask();
        Assert.False(second.IsCompleted);

        release.Set();

        Assert.Equal("value", await first);
        Assert.Equal("value", await second);
    }

    [Fact]
    public void A_factory_that_asks_for_its_own_key_is_told_so()
    {
        Assert.Throws<InvalidOperationException>(() => _cache.GetOrAdd(1, key => _cache.GetOrAdd(key, _ => "inner")));

        Assert.Equal("value", _cache.GetOrAdd(1, _ => "value"));
        _cache.AssertConsistent();
    }

    [Fact]
    public void A_factory_may_ask_for_another_key()
    {
        Assert.Equal("2 and 1", _cache.GetOrAdd(1, _ => _cache.GetOrAdd(2, _ => "2") + " and 1"));
        Assert.Equal(2, _cache.Count);
    }

    [Theory]
    [InlineData("set")]
    [InlineData("remove")]
    [InlineData("clear")]
    public async Task An_invalidation_during_a_load_wins(string kind)
    {
        var source = new TaskCompletionSource<string>();
        Task<string> load = _cache.GetOrAddAsync(1, (_, _) => source.Task).AsTask();

        switch (kind)
        {
            case "set":
                _cache.Set(1, "new");
                break;
            case "remove":
                Assert.False(_cache.TryRemove(1));
                break;
            default:
                _cache.Clear();
                break;
        }

        source.SetResult("old");

        Assert.Equal("old", await load);
        Assert.Equal(kind == "set" ? "new" : null, _cache.TryGet(1, out string? value) ? value : null);
        _cache.AssertConsistent();
    }

    [Fact]
    public async Task Who_asks_after_an_invalidation_does_not_get_what_was_loaded_before()
    {
        var source = new TaskCompletionSource<string>();
        Task<string> before = _cache.GetOrAddAsync(1, (_, _) => source.Task).AsTask();
        _cache.TryRemove(1);

        Task<string> after = _cache.GetOrAddAsync(1, (_, _) => new ValueTask<string>("new")).AsTask();
        Assert.False(after.IsCompleted);
        source.SetResult("old");

        Assert.Equal("old", await before);
        Assert.Equal("new", await after);
        Assert.True(_cache.TryGet(1, out string? value));
        Assert.Equal("new", value);
    }
}
