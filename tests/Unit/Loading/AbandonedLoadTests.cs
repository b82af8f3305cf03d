using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>
/// A caller's token ends the wait of that caller. The load lives as long as anybody waits, whoever began it, and its own token
/// fires when nobody does.
/// </summary>
public sealed class AbandonedLoadTests : IDisposable
{
    private readonly Cache<int, string> _cache = TestCache.Of<int, string>(100);
    private readonly ScriptedSource<string> _source = new();

    public void Dispose() => _cache.Dispose();

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_caller_who_gives_up_leaves_the_load_to_those_who_wait()
    {
        await Wait.LeaveRunner();
        using var cancellation = new CancellationTokenSource();
        Task<string> leader = Ask(cancellation.Token);
        Task<string> other = Ask();

        await cancellation.CancelAsync();

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        Assert.False(_source.TokenOf(0).IsCancellationRequested);
        _source.Answer("value");
        Assert.Equal("value", await other);
        Assert.Equal(1, _source.Calls);
        Assert.True(_cache.ContainsKey(1));
        Assert.Equal(1, _cache.Trim(1));
        _cache.AssertConsistent();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task The_loads_token_fires_when_the_last_caller_leaves_and_not_before(int callers)
    {
        await Wait.LeaveRunner();
        CancellationTokenSource[] cancellations = [.. Enumerable.Range(0, callers).Select(_ => new CancellationTokenSource())];
        Task<string>[] waits = [.. cancellations.Select(cancellation => AskOrGiveUp(cancellation.Token))];
        CancellationToken token = _source.TokenOf(0);

        for (int caller = 0; caller < callers; caller++)
        {
            Assert.False(token.IsCancellationRequested);
            await cancellations[caller].CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits[caller]);
            cancellations[caller].Dispose();
        }

        Assert.True(token.IsCancellationRequested);
        AssertNothingIsLeft();
        Assert.Equal(1, _source.Calls);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Who_joins_later_keeps_the_load_alive_as_well()
    {
        await Wait.LeaveRunner();
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        Task<string> leader = Ask(first.Token);
        Task<string> joined = Ask(second.Token);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        Task<string> late = Ask();

        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => joined);

        Assert.False(_source.TokenOf(0).IsCancellationRequested);
        _source.Answer("value");
        Assert.Equal("value", await late);
        Assert.Equal(1, _source.Calls);
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_synchronous_caller_keeps_the_load_alive(bool leads)
    {
        await Wait.LeaveRunner();
        using var cancellation = new CancellationTokenSource();
        Task<string> sync = leads ? AskSync() : Task.CompletedTask.ContinueWith(_ => "", TaskScheduler.Default);
        Task<string> caller = Ask(cancellation.Token);
        if (!leads)
        {
            _source.AwaitCalls(1);
            using var entered = new ManualResetEventSlim();
            sync = Task.Run(() =>
            {
                entered.Set();
                return _cache.GetOrAdd(1, _ => "handed over");
            });
            entered.Wait();
        }

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => caller);
        _source.Answer("value");

        Assert.Equal("value", await sync);
        AssertHolds("value");
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_deaf_factory_that_was_given_up_still_serves_who_comes_before_it_ends()
    {
        await Wait.LeaveRunner();
        using var cancellation = new CancellationTokenSource();
        Task<string> leader = Ask(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        Assert.True(_source.TokenOf(0).IsCancellationRequested);

        Task<string> late = Ask();
        _source.Answer("value");

        Assert.Equal("value", await late);
        Assert.Equal(1, _source.Calls);
        AssertHolds("value");
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Who_joins_a_load_that_has_just_been_cancelled_loads_anew()
    {
        await Wait.LeaveRunner();
        using var cancellation = new CancellationTokenSource();
        Task<string> leader = Ask(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        Task<string> late = Ask();

        _source.Fail(new OperationCanceledException(_source.TokenOf(0)));
        _source.AwaitCalls(2);
        _source.Answer("second", call: 1);

        Assert.Equal("second", await late);
        AssertHolds("second");
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_factory_that_ends_with_its_callers_cancellation_hands_over_to_one_of_those_who_wait(int waiting)
    {
        await Wait.LeaveRunner();
        using var request = new CancellationTokenSource();

        // The factory uses its caller's token, which it should not.
        Task<string> leader = _cache.GetOrAddAsync(1, (_, _) => _source.AskOrGiveUp(request.Token), request.Token).AsTask();
        Task<string>[] others = [.. Enumerable.Range(0, waiting).Select(_ => Ask())];
        Task<string> sync = Task.Run(() => _cache.GetOrAdd(1, _ => _source.Ask().GetAwaiter().GetResult()));

        await request.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        _source.AwaitCalls(2);
        _source.Answer("second", call: 1);

        Assert.All(await Task.WhenAll(others), static value => Assert.Equal("second", value));
        Assert.Equal("second", await sync);
        Assert.Equal(2, _source.Calls);
        AssertHolds("second");
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_factory_that_runs_out_of_its_own_time_fails_for_all()
    {
        await Wait.LeaveRunner();
        using var cancellation = new CancellationTokenSource();
        Task<string>[] callers = [Ask(cancellation.Token), Ask(), Ask()];

        // As HttpClient reports its time limit.
        _source.Fail(new TaskCanceledException("too slow", new TimeoutException()));

        foreach (Task<string> caller in callers)
        {
            Assert.IsType<TimeoutException>((await Assert.ThrowsAsync<TaskCanceledException>(() => caller)).InnerException);
        }

        Assert.Equal(1, _source.Calls);
        AssertNothingIsLeft();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_cancellation_that_nobody_asked_for_fails_for_all()
    {
        await Wait.LeaveRunner();
        Task<string>[] callers = [Ask(), Ask(), Ask()];

        _source.Fail(new OperationCanceledException("out of the blue"));

        foreach (Task<string> caller in callers)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => caller);
        }

        Assert.Equal(1, _source.Calls);
        AssertNothingIsLeft();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_factory_never_sees_a_callers_token()
    {
        await Wait.LeaveRunner();
        using var cancellation = new CancellationTokenSource();
        Task<string> leader = Ask(cancellation.Token);
        Task<string> other = Ask();

        Assert.NotEqual(cancellation.Token, _source.TokenOf(0));

        _source.Answer("value");
        Assert.Equal("value", await leader);
        Assert.Equal("value", await other);
        await cancellation.CancelAsync();
        Assert.False(_source.TokenOf(0).IsCancellationRequested);
    }

    [Fact]
    public void A_caller_who_has_given_up_before_it_asks_starts_nothing()
    {
        Task<string> call = Ask(new CancellationToken(canceled: true));

        Assert.True(call.IsCanceled);
        Assert.Equal(0, _source.Calls);
        AssertNothingIsLeft();
    }

    [Fact]
    public void A_caller_who_has_given_up_still_gets_a_value_that_is_there()
    {
        _cache.Set(1, "value");

        Task<string> call = Ask(new CancellationToken(canceled: true));

        Assert.True(call.IsCompletedSuccessfully);
    }

    private Task<string> Ask(CancellationToken cancellationToken = default)
        => _cache.GetOrAddAsync(1, (_, token) => _source.Ask(token), cancellationToken).AsTask();

    private Task<string> AskOrGiveUp(CancellationToken cancellationToken)
        => _cache.GetOrAddAsync(1, (_, token) => _source.AskOrGiveUp(token), cancellationToken).AsTask();

    private Task<string> AskSync()
    {
        Task<string> sync = Task.Run(() => _cache.GetOrAdd(1, _ => _source.Ask().GetAwaiter().GetResult()));
        _source.AwaitCalls(1);
        return sync;
    }

    private void AssertHolds(string value)
    {
        Wait.Until(() => _cache.LoadsInProgress == 0);
        Assert.True(_cache.TryGet(1, out string? held));
        Assert.Equal(value, held);
        _cache.AssertConsistent();
    }

    private void AssertNothingIsLeft()
    {
        Wait.Until(() => _cache.LoadsInProgress == 0);
        Assert.Equal(0, _cache.Count);
        _cache.AssertConsistent();
    }
}
