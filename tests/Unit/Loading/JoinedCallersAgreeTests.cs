using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>
/// Those who have joined a load before it became out of date all get its value; those who come after that get none that is older
/// than what they know.
/// </summary>
public sealed class JoinedCallersAgreeTests : IDisposable
{
    private readonly Cache<int, string> _cache = TestCache.Of<int, string>(100);
    private readonly ScriptedSource<string> _source = new();

    public void Dispose() => _cache.Dispose();

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData("removed")]
    [InlineData("cleared")]
    [InlineData("refused")]
    public async Task All_who_joined_before_agree_and_all_who_come_after_share_one_new_load(string change)
    {
        await Wait.LeaveRunner();
        Task<string>[] before = [.. Enumerable.Range(0, 4).Select(_ => Ask())];

        Invalidate(change);
        Task<string>[] after = [.. Enumerable.Range(0, 4).Select(_ => Ask())];
        Assert.Equal(1, _source.Calls);
        _source.Answer("before");

        Assert.All(await Task.WhenAll(before), static value => Assert.Equal("before", value));
        _source.AwaitCalls(2);
        Assert.All(after, static caller => Assert.False(caller.IsCompleted));
        Assert.False(_cache.ContainsKey(1));
        _source.Answer("after", call: 1);
        Assert.All(await Task.WhenAll(after), static value => Assert.Equal("after", value));
        Assert.Equal(2, _source.Calls);
        Assert.True(_cache.TryGet(1, out string? held));
        Assert.Equal("after", held);
        _cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_synchronous_caller_who_comes_after_loads_anew_as_well()
    {
        await Wait.LeaveRunner();
        Task<string> before = Ask();
        _cache.TryRemove(1);
        Task<string> after = Task.Run(() => _cache.GetOrAdd(1, _ => "after"));

        _source.Answer("before");

        Assert.Equal("before", await before);
        Assert.Equal("after", await after);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_failure_of_an_invalidated_load_does_not_reach_who_comes_after()
    {
        await Wait.LeaveRunner();
        Task<string>[] before = [Ask(), Ask()];
        _cache.TryRemove(1);
        Task<string> after = Ask();

        _source.Fail(new InvalidDataException("broken"));

        foreach (Task<string> caller in before)
        {
            await Assert.ThrowsAsync<InvalidDataException>(() => caller);
        }

        _source.AwaitCalls(2);
        _source.Answer("after", call: 1);
        Assert.Equal("after", await after);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Who_comes_after_can_give_up_too()
    {
        await Wait.LeaveRunner();
        Task<string> before = Ask();
        _cache.TryRemove(1);
        using var cancellation = new CancellationTokenSource();
        Task<string> after = _cache.GetOrAddAsync(1, (_, token) => _source.Ask(token), cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => after);
        _source.Answer("before");
        Assert.Equal("before", await before);
        Assert.Equal(1, _source.Calls);
        Assert.Equal(0, _cache.LoadsInProgress);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_value_that_was_written_meanwhile_is_a_hit()
    {
        await Wait.LeaveRunner();
        Task<string> before = Ask();
        _cache.Set(1, "written");

        Task<string> after = Ask();

        Assert.True(after.IsCompletedSuccessfully);
        Assert.Equal("written", await after);
        _source.Answer("before");
        Assert.Equal("before", await before);
        Assert.Equal("written", await Ask());
    }

    private Task<string> Ask() => _cache.GetOrAddAsync(1, (_, token) => _source.Ask(token)).AsTask();

    private void Invalidate(string change)
    {
        switch (change)
        {
            case "removed":
                Assert.False(_cache.TryRemove(1));
                break;
            case "cleared":
                _cache.Clear();
                break;
            default:
                Assert.False(_cache.Set(1, "new", new EntryOptions { ExpireAt = DateTimeOffset.UnixEpoch }));
                break;
        }
    }
}
