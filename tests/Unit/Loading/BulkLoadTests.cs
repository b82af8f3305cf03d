using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>Several keys at once: one call for what is missing, and otherwise the same promises as for a single key.</summary>
public sealed class BulkLoadTests : IDisposable
{
    private readonly Cache<int, string> _cache = TestCache.Of<int, string>(1000, shards: 4);
    private readonly ScriptedSource<IEnumerable<KeyValuePair<int, string>>> _source = new();
    private readonly List<int[]> _asked = [];

    public void Dispose() => _cache.Dispose();

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_is_missing_is_loaded_in_one_call()
    {
        await Wait.LeaveRunner();
        _cache.SetMany([KeyValuePair.Create(2, "there"), KeyValuePair.Create(4, "there")]);

        Task<Dictionary<int, string>> call = AskMany([1, 2, 3, 4, 5]);
        Assert.Equal([1, 3, 5], Assert.Single(_asked).Order());
        _source.Answer(ValuesOf(1, 3, 5));

        Dictionary<int, string> values = await call;
        Assert.Equal(["value 1", "there", "value 3", "there", "value 5"], Enumerable.Range(1, 5).Select(key => values[key]));
        Assert.Equal(5, _cache.Count);
        AssertNothingIsLeft();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Keys_that_occur_twice_are_asked_for_once()
    {
        await Wait.LeaveRunner();
        Task<Dictionary<int, string>> call = AskMany([1, 2, 1, 1, 2]);

        Assert.Equal([1, 2], Assert.Single(_asked).Order());
        _source.Answer(ValuesOf(1, 2));

        Assert.Equal(2, (await call).Count);
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_anything_to_load_the_factory_is_not_called(bool isEmpty)
    {
        await Wait.LeaveRunner();
        _cache.Set(1, "there");

        Dictionary<int, string> values = await AskMany(isEmpty ? [] : [1]);

        Assert.Equal(isEmpty ? 0 : 1, values.Count);
        Assert.Empty(_asked);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_others_load_is_waited_for_and_not_loaded_again()
    {
        await Wait.LeaveRunner();
        var single = new ScriptedSource<string>();
        Task<string> other = _cache.GetOrAddAsync(1, (_, token) => single.Ask(token)).AsTask();

        Task<Dictionary<int, string>> call = AskMany([1, 2]);
        Assert.Equal([2], Assert.Single(_asked));
        _source.Answer(ValuesOf(2));
        Wait.Until(() => _cache.ContainsKey(2));
        Assert.False(call.IsCompleted);
        single.Answer("single");

        Assert.Equal("single", (await call)[1]);
        Assert.Equal("single", await other);
        AssertNothingIsLeft();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Single_callers_share_what_it_loads()
    {
        await Wait.LeaveRunner();
        Task<Dictionary<int, string>> call = AskMany([1, 2]);
        Task<string> async = _cache.GetOrAddAsync(1, static (_, _) => Task.FromException<string>(new InvalidDataException())).AsTask();
        Task<string> sync = Task.Run(() => _cache.GetOrAdd(2, static _ => "value 2"));

        _source.Answer(ValuesOf(1, 2));

        Assert.Equal("value 1", await async);
        Assert.Equal("value 2", await sync);
        Assert.Equal(2, (await call).Count);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Two_that_overlap_do_not_wait_for_each_other()
    {
        await Wait.LeaveRunner();
        var single = new ScriptedSource<string>();
        Task<Dictionary<int, string>> first = AskMany([1, 2]);
        Task<Dictionary<int, string>> second = AskMany([2, 3]);
        Task<Dictionary<int, string>> third = AskMany([3, 1, 4]);

        Assert.Equal([[1, 2], [3], [4]], _asked.Select(static keys => keys.Order().ToArray()));
        _source.Answer(ValuesOf(4), call: 2);
        _source.Answer(ValuesOf(3), call: 1);
        _source.Answer(ValuesOf(1, 2), call: 0);

        Assert.Equal([1, 2], (await first).Keys.Order());
        Assert.Equal([2, 3], (await second).Keys.Order());
        Assert.Equal([1, 3, 4], (await third).Keys.Order());
        AssertNothingIsLeft();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Many_that_overlap_in_all_orders_all_end()
    {
        await Wait.LeaveRunner();
        const int Rounds = 300;

        Crew.Run(4, number =>
        {
            var random = new Random(20_260_101 + number);
            for (int round = 0; round < Rounds; round++)
            {
                int[] keys = [.. Enumerable.Range(0, 10).Select(_ => random.Next(30))];
                Dictionary<int, string> values = _cache.GetOrAddManyAsync(keys, async (missing, _) =>
                {
                    await Task.Yield();
                    return ValuesOf([.. missing]);
                }).AsTask().GetAwaiter().GetResult();
                Assert.Equal(keys.Distinct().Order(), values.Keys.Order());
                Assert.All(values, static pair => Assert.Equal($"value {pair.Key}", pair.Value));
                _cache.RemoveMany(keys.Take(5));
            }
        });

        AssertNothingIsLeft();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_the_factory_leaves_out_is_not_returned_and_who_wants_it_alone_loads_it()
    {
        await Wait.LeaveRunner();
        var single = new ScriptedSource<string>();
        Task<Dictionary<int, string>> call = AskMany([1, 2, 3]);
        Task<string> joined = _cache.GetOrAddAsync(2, (_, token) => single.Ask(token)).AsTask();
        Task<Dictionary<int, string>> other = AskMany([2, 3]);
        Assert.Single(_asked);

        // And what nobody has asked for is ignored.
        _source.Answer(ValuesOf(1, 99));

        Assert.Equal([1], (await call).Keys);
        _source.AwaitCalls(2);
        _source.Answer(ValuesOf([.. _asked[1]]), call: 1);
        if (!_asked[1].Contains(2))
        {
            // The single caller was the first of the two to ask again.
            single.AwaitCalls(1);
            single.Answer("value 2");
        }

        Assert.Equal("value 2", await joined);
        Assert.Equal([2, 3], (await other).Keys.Order());
        Assert.False(_cache.ContainsKey(99));
        AssertNothingIsLeft();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData("throws")]
    [InlineData("fails later")]
    [InlineData("returns null")]
    [InlineData("fails while it is enumerated")]
    public async Task A_failure_reaches_all_who_wait_and_nothing_is_added(string failure)
    {
        await Wait.LeaveRunner();
        Task<Dictionary<int, string>> call = _cache.GetOrAddManyAsync([1, 2], (_, token) => failure == "throws"
            ? throw new InvalidDataException("broken")
            : new ValueTask<IEnumerable<KeyValuePair<int, string>>>(_source.Ask(token))).AsTask();
        Task<string>? joined = null;
        if (failure != "throws")
        {
            joined = _cache.GetOrAddAsync(1, static (_, _) => Task.FromResult("a second load")).AsTask();
        }

        switch (failure)
        {
            case "fails later":
                _source.Fail(new InvalidDataException("broken"));
                break;
            case "returns null":
                _source.Answer(null!);
                break;
            case "fails while it is enumerated":
                _source.Answer(ValuesOf(1, 2).Select(static (pair, index) => index == 0 ? pair : throw new InvalidDataException("broken")));
                break;
            default:
                break;
        }

        Type expected = failure == "returns null" ? typeof(InvalidOperationException) : typeof(InvalidDataException);
        await Assert.ThrowsAsync(expected, () => call);
        if (joined is not null)
        {
            await Assert.ThrowsAsync(expected, () => joined);
        }

        Assert.Equal(0, _cache.Count);
        AssertNothingIsLeft();
        Assert.Equal("value", _cache.GetOrAdd(1, _ => "value"));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_caller_who_gives_up_leaves_the_load_to_those_who_have_joined()
    {
        await Wait.LeaveRunner();
        using var cancellation = new CancellationTokenSource();
        Task<Dictionary<int, string>> call = AskMany([1, 2, 3], cancellation.Token);
        Task<string> joined = _cache.GetOrAddAsync(2, static (_, _) => Task.FromResult("a second load")).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.False(_source.TokenOf(0).IsCancellationRequested);
        _source.Answer(ValuesOf(1, 2, 3));
        Assert.Equal("value 2", await joined);
        Wait.Until(() => _cache.LoadsInProgress == 0);
        Assert.Equal(3, _cache.Count);
        AssertNothingIsLeft();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task The_token_fires_when_nobody_waits_for_any_of_the_keys()
    {
        await Wait.LeaveRunner();
        using var caller = new CancellationTokenSource();
        using var single = new CancellationTokenSource();
        Task<Dictionary<int, string>> call = AskMany([1, 2, 3], caller.Token);
        Task<string> joined = _cache.GetOrAddAsync(2, static (_, _) => Task.FromResult("a second load"), single.Token).AsTask();

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.False(_source.TokenOf(0).IsCancellationRequested);
        await single.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => joined);

        Assert.True(_source.TokenOf(0).IsCancellationRequested);
        _source.Fail(new OperationCanceledException(_source.TokenOf(0)));
        AssertNothingIsLeft();
        Assert.Equal(0, _cache.Count);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Who_asks_for_a_key_that_its_caller_has_given_up_keeps_the_load_alive()
    {
        await Wait.LeaveRunner();
        using var caller = new CancellationTokenSource();
        using var single = new CancellationTokenSource();
        Task<Dictionary<int, string>> call = AskMany([1, 2], caller.Token);
        Task<string> joined = _cache.GetOrAddAsync(2, static (_, _) => Task.FromResult("a second load"), single.Token).AsTask();
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Task<string> late = _cache.GetOrAddAsync(1, static (_, _) => Task.FromResult("a second load")).AsTask();

        await single.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => joined);

        Assert.False(_source.TokenOf(0).IsCancellationRequested);
        _source.Answer(ValuesOf(1, 2));
        Assert.Equal("value 1", await late);
        AssertNothingIsLeft();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_joined_loads_fail_with_passes_through_and_the_rest_is_kept()
    {
        await Wait.LeaveRunner();
        var single = new ScriptedSource<string>();
        Task<string> other = _cache.GetOrAddAsync(1, (_, token) => single.Ask(token)).AsTask();
        Task<Dictionary<int, string>> call = AskMany([1, 2]);

        single.Fail(new InvalidDataException("broken"));
        _source.Answer(ValuesOf(2));

        await Assert.ThrowsAsync<InvalidDataException>(() => call);
        await Assert.ThrowsAsync<InvalidDataException>(() => other);
        Assert.True(_cache.ContainsKey(2));
        AssertNothingIsLeft();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_load_that_was_invalidated_before_it_came_is_waited_for_and_repeated()
    {
        await Wait.LeaveRunner();
        var single = new ScriptedSource<string>();
        Task<string> other = _cache.GetOrAddAsync(1, (_, token) => single.Ask(token)).AsTask();
        _cache.TryRemove(1);
        Task<Dictionary<int, string>> call = AskMany([1, 2]);
        _source.Answer(ValuesOf(2));
        single.Answer("out of date");

        _source.AwaitCalls(2);
        Assert.Equal([1], _asked[1]);
        _source.Answer(ValuesOf(1), call: 1);

        Assert.Equal("value 1", (await call)[1]);
        Assert.Equal("out of date", await other);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task It_takes_no_longer_than_its_time_limit()
    {
        await Wait.LeaveRunner();
        var time = new ManualTimeProvider();
        using Cache<int, string> cache = ExpiringCache.Of<int, string>(time);
        Task<Dictionary<int, string>> call = cache.GetOrAddManyAsync(
            [1, 2],
            (_, token) => new ValueTask<IEnumerable<KeyValuePair<int, string>>>(_source.Ask(token)),
            new LoadOptions { HardTimeout = TimeSpan.FromSeconds(1) }).AsTask();

        time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.True(_source.TokenOf(0).IsCancellationRequested);
        Assert.Equal(0, cache.LoadsInProgress);
        _source.Answer(ValuesOf(1, 2));
        Assert.Equal(0, cache.Count);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Keys_that_all_collide_are_loaded_in_one_call_too()
    {
        await Wait.LeaveRunner();
        using Cache<int, string> cache = TestCache.Of<int, string>(1000, comparer: ScriptedComparer<int>.AllCollide());
        int[] keys = [.. Enumerable.Range(0, 20)];
        int calls = 0;

        Dictionary<int, string> values = await cache.GetOrAddManyAsync(keys, async (missing, _) =>
        {
            calls++;
            await Task.Yield();
            return ValuesOf([.. missing]);
        });

        Assert.Equal(1, calls);
        Assert.Equal(keys, values.Keys.Order());
        Assert.Equal(0, cache.LoadsInProgress);
        Assert.All(keys, key => Assert.True(cache.ContainsKey(key)));
        cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Null_arguments_are_refused()
    {
        await Wait.LeaveRunner();
        using Cache<string, string> cache = TestCache.Of<string, string>(10);

        await Assert.ThrowsAsync<ArgumentNullException>("keys", () => _cache.GetOrAddManyAsync(null!, (_, _) => default).AsTask());
        await Assert.ThrowsAsync<ArgumentNullException>("factory", () => _cache.GetOrAddManyAsync([1], null!).AsTask());
        await Assert.ThrowsAsync<ArgumentNullException>("key", () => cache.GetOrAddManyAsync(["a", null!], (_, _) => default).AsTask());
        Assert.Equal(0, cache.LoadsInProgress);
    }

    private static IEnumerable<KeyValuePair<int, string>> ValuesOf(params int[] keys)
        => keys.Select(static key => KeyValuePair.Create(key, $"value {key}"));

    private Task<Dictionary<int, string>> AskMany(int[] keys, CancellationToken cancellationToken = default)
        => _cache.GetOrAddManyAsync(
            keys,
            (missing, token) =>
            {
                _asked.Add([.. missing]);
                return new ValueTask<IEnumerable<KeyValuePair<int, string>>>(_source.Ask(token));
            },
            cancellationToken: cancellationToken).AsTask();

    private void AssertNothingIsLeft()
    {
        Wait.Until(() => _cache.LoadsInProgress == 0);
        _cache.AssertConsistent();
    }
}
