using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Hybrid;
using Xunit;

namespace FastCache.Tests.Extensions.Hybrid;

public sealed class StampedeTests : IAsyncDisposable
{
    private readonly TestHybridCache _test = new();
    private readonly TaskCompletionSource<string> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _runs;

    public static TheoryData<HybridCacheEntryFlags> Kinds =>
    [
        HybridCacheEntryFlags.None, HybridCacheEntryFlags.DisableLocalCacheRead, HybridCacheEntryFlags.DisableLocalCacheWrite,
        HybridCacheEntryFlags.DisableLocalCache,
    ];

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Kinds))]
    public async Task Callers_of_a_kind_share_one_factory(HybridCacheEntryFlags flags)
    {
        Task<string>[] callers = [.. Enumerable.Range(0, 50).Select(_ => Ask(flags))];
        _source.SetResult("value");

        Assert.All(await Task.WhenAll(callers), static value => Assert.Equal("value", value));
        Assert.Equal(1, _runs);
        _test.AssertAtRest();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Kinds))]
    public async Task A_callers_token_ends_his_own_wait(HybridCacheEntryFlags flags)
    {
        using var impatient = new CancellationTokenSource();
        Task<string> first = Ask(flags, impatient.Token);
        Task<string> second = Ask(flags);
        Task<string> third = Ask(flags, impatient.Token);

        await impatient.CancelAsync();

        OperationCanceledException left = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(impatient.Token, left.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        _source.SetResult("value");
        Assert.Equal("value", await second);
        Assert.Equal(1, _runs);
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Kinds))]
    public async Task The_factorys_token_fires_when_the_last_one_has_left(HybridCacheEntryFlags flags)
    {
        using var one = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        CancellationToken ofFactory = default;
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async ValueTask<string> MakeAsync(CancellationToken token)
        {
            ofFactory = token;
            try
            {
                return await _source.Task.WaitAsync(token);
            }
            catch (OperationCanceledException)
            {
                cancelled.SetResult();
                throw;
            }
        }

        Task<string> first = _test.Cache.GetOrCreateAsync("key", MakeAsync, With(flags), cancellationToken: one.Token).AsTask();
        Task<string> second = _test.Cache.GetOrCreateAsync("key", MakeAsync, With(flags), cancellationToken: other.Token).AsTask();
        await one.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(ofFactory.IsCancellationRequested);

        await other.CancelAsync();

        await cancelled.Task;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal("later", await _test.GetAsync("key", "later", With(flags)));
        Wait.Until(() => _test.Cache.BusyKeys == 0);
    }

    [Fact]
    public async Task A_token_that_has_fired_is_looked_at_before_the_cache_is()
    {
        await _test.Cache.SetAsync("key", "value");
        var fired = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ask(HybridCacheEntryFlags.None, fired));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _test.Cache.SetAsync("key", "other", cancellationToken: fired));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _test.Cache.RemoveAsync("key", fired));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _test.Cache.RemoveByTagAsync("*", fired));

        Assert.Equal((0, "value"), (_runs, await _test.FindAsync<string>("key")));
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Kinds))]
    public async Task All_who_wait_get_a_failure_and_nothing_is_kept(HybridCacheEntryFlags flags)
    {
        Task<string> first = Ask(flags);
        Task<string> second = Ask(flags);
        var fault = new InvalidTimeZoneException();
        _source.SetException(fault);

        Assert.Same(fault, await Assert.ThrowsAsync<InvalidTimeZoneException>(() => first));
        Assert.Same(fault, await Assert.ThrowsAsync<InvalidTimeZoneException>(() => second));
        Assert.Equal("next", await _test.GetAsync("key", "next"));
        _test.AssertAtRest();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_factory_that_throws_before_it_returns_fails_as_any_other(HybridCacheEntryFlags flags)
    {
        await Assert.ThrowsAsync<InvalidTimeZoneException>(
            async () => await _test.Cache.GetOrCreateAsync<string>("key", static _ => throw new InvalidTimeZoneException(), With(flags)));

        Assert.Equal("next", await _test.GetAsync("key", "next", With(flags)));
        _test.AssertAtRest();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Callers_who_share_a_load_get_copies_of_what_can_be_changed_and_the_same_of_what_cannot()
    {
        var basket = new TaskCompletionSource<Basket>();
        var ticket = new TaskCompletionSource<Ticket>();
        Task<Basket>[] baskets = [.. Enumerable.Range(0, 5).Select(
            _ => _test.Cache.GetOrCreateAsync("basket", basket, static (source, _) => new ValueTask<Basket>(source.Task)).AsTask())];
        Task<Ticket>[] tickets = [.. Enumerable.Range(0, 5).Select(
            _ => _test.Cache.GetOrCreateAsync("ticket", ticket, static (source, _) => new ValueTask<Ticket>(source.Task)).AsTask())];
        basket.SetResult(new Basket { Owner = "Ada" });
        ticket.SetResult(new Ticket("A1"));

        Assert.Equal(5, (await Task.WhenAll(baskets)).Distinct().Count());
        Assert.Single((await Task.WhenAll(tickets)).Distinct());
        Assert.All(await Task.WhenAll(baskets), static one => Assert.Equal("Ada", one.Owner));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_call_that_only_looks_joins_nobody_and_nobody_joins_it()
    {
        Task<string> making = Ask(HybridCacheEntryFlags.None);
        Task<string> refreshing = Ask(HybridCacheEntryFlags.DisableLocalCacheRead);

        HybridCacheEntryOptions looking = With(HybridCacheEntryFlags.DisableUnderlyingData);
        Assert.Null(await _test.FindAsync<string?>("key", looking));
        Assert.Equal(0, await _test.GetAsync("number", 5, looking));
        Assert.False(making.IsCompleted);
        _source.SetResult("value");

        Assert.Equal(("value", "value"), (await making, await refreshing));
        Assert.Equal(5, await _test.GetAsync("number", 5));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Callers_of_different_kinds_do_not_share_a_factory()
    {
        Task<string> one = Ask(HybridCacheEntryFlags.None);
        Task<string> other = Ask(HybridCacheEntryFlags.DisableLocalCacheRead);
        _source.SetResult("value");

        await Task.WhenAll(one, other);
        Assert.Equal(2, _runs);
    }

    [Fact]
    public async Task A_factory_that_asks_for_its_own_key_is_refused()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await _test.Cache.GetOrCreateAsync(
                "key", token => _test.Cache.GetOrCreateAsync("key", static _ => new ValueTask<int>(1), cancellationToken: token)));
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Kinds))]
    public async Task Callers_of_different_types_each_get_a_value_of_theirs(HybridCacheEntryFlags flags)
    {
        Task<string> text = Ask(flags);
        Task<int> number = _test.GetAsync("key", 7, With(flags)).AsTask();
        _source.SetResult("value");

        Assert.Equal("value", await text);
        Assert.Equal(7, await number);
    }

    private static HybridCacheEntryOptions With(HybridCacheEntryFlags flags) => TestHybridCache.With(flags);

    private Task<string> Ask(HybridCacheEntryFlags flags, CancellationToken token = default)
        => _test.Cache.GetOrCreateAsync(
            "key",
            _ =>
            {
                Interlocked.Increment(ref _runs);
                return new ValueTask<string>(_source.Task);
            },
            With(flags),
            cancellationToken: token).AsTask();
}
