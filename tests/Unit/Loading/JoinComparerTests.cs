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
}
