using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>Comparers are called between the moment that a load is joined and the wait for it.</summary>
public sealed class JoinComparerTests
{
    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_comparer_that_throws_while_a_load_is_joined_fails_that_caller_and_nobody_else()
    {
        await Wait.LeaveRunner();
        ScriptedComparer<int> comparer = ScriptedComparer<int>.AllCollide();
        using Cache<int, string> cache = TestCache.Of<int, string>(100, comparer: comparer);
        var source = new ScriptedSource<string>();
        using var cancellation = new CancellationTokenSource();
        Task<string> leader = cache.GetOrAddAsync(1, (_, token) => source.Ask(token), cancellation.Token).AsTask();
        comparer.OnEquals = static _ => throw new InvalidDataException("on purpose");

        await Assert.ThrowsAsync<InvalidDataException>(() => cache.GetOrAddAsync(1, (_, token) => source.Ask(token)).AsTask());
        comparer.OnEquals = null;

        // It does not count as one who waits either: the load is over with its leader.
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        Assert.True(source.TokenOf(0).IsCancellationRequested);
        source.Answer("late");
        Wait.Until(() => cache.LoadsInProgress == 0);
        Assert.Equal(0, cache.LoadWaiters);
        cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Who_meets_a_load_of_another_key_with_the_same_hash_does_not_count_as_one_who_waits_for_it()
    {
        await Wait.LeaveRunner();
        ScriptedComparer<int> comparer = ScriptedComparer<int>.AllCollide();
        using Cache<int, string> cache = TestCache.Of<int, string>(100, comparer: comparer);
        var source = new ScriptedSource<string>();
        Task<string> other = cache.GetOrAddAsync(1, (_, token) => source.Ask(token)).AsTask();
        List<int> waiters = [];
        comparer.OnEquals = _ => waiters.Add(cache.LoadWaiters);

        Assert.Equal("own", cache.GetOrAdd(2, static _ => "own"));
        comparer.OnEquals = null;

        Assert.NotEmpty(waiters);
        Assert.All(waiters, static count => Assert.Equal(1, count));
        source.Answer("other");
        Assert.Equal("other", await other);
        cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_load_is_cancelled_with_its_last_caller_though_somebody_compares_another_key_with_its_own()
    {
        await Wait.LeaveRunner();
        ScriptedComparer<int> comparer = ScriptedComparer<int>.AllCollide();
        using Cache<int, string> cache = TestCache.Of<int, string>(100, comparer: comparer);
        var source = new ScriptedSource<string>();
        using var cancellation = new CancellationTokenSource();
        Task<string> leader = cache.GetOrAddAsync(1, (_, token) => source.AskOrGiveUp(token), cancellation.Token).AsTask();
        bool hasFired = false;
        comparer.OnEquals = _ =>
        {
            comparer.OnEquals = null;
            cancellation.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => leader.GetAwaiter().GetResult());
            hasFired = source.TokenOf(0).IsCancellationRequested;
        };

        Assert.Equal("own", cache.GetOrAdd(2, static _ => "own"));

        Assert.True(hasFired);
        Wait.Until(() => cache.LoadsInProgress == 0);
        cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Who_is_about_to_join_a_load_that_is_given_up_meanwhile_loads_anew()
    {
        await Wait.LeaveRunner();
        ScriptedComparer<int> comparer = ScriptedComparer<int>.AllCollide();
        using Cache<int, string> cache = TestCache.Of<int, string>(100, comparer: comparer);
        var source = new ScriptedSource<string>();
        using var cancellation = new CancellationTokenSource();
        Task<string> leader = cache.GetOrAddAsync(1, (_, token) => source.AskOrGiveUp(token), cancellation.Token).AsTask();
        comparer.OnEquals = _ =>
        {
            comparer.OnEquals = null;
            cancellation.Cancel();
            Wait.Until(() => cache.LoadsInProgress == 0);
        };

        Assert.Equal("anew", cache.GetOrAdd(1, static _ => "anew"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        Assert.Equal((1, 0), (source.Calls, cache.LoadWaiters));
        cache.AssertConsistent();
    }
}
