using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>Loads that ask for each other through their contexts, behind awaits.</summary>
public class LoadCircleTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromMilliseconds(Wait.Watchdog);

    private readonly Cache<int, string> _cache = TestCache.Of<int, string>(100);
    private readonly TaskCompletionSource _go = new();

    [Fact]
    public async Task A_load_that_asks_for_the_one_that_waits_for_it_is_told_so()
    {
        Task<string> load = _cache.GetOrAddAsync(1, outer => outer.GetOrAddAsync(2, AskForTheFirst)).AsTask();

        _go.SetResult();

        await Assert.ThrowsAsync<InvalidOperationException>(() => load.WaitAsync(Hang));
        Assert.Equal(0, _cache.LoadsInProgress);
    }

    [Fact]
    public async Task A_load_may_wait_for_several_at_a_time()
    {
        var other = new TaskCompletionSource<string>();
        Task<string> load = _cache.GetOrAddAsync(1, async outer =>
        {
            Task<string> second = outer.GetOrAddAsync(2, AskForTheFirst).AsTask();
            Task<string> third = outer.GetOrAddAsync(3, _ => new ValueTask<string>(other.Task)).AsTask();
            return await second + await third;
        }).AsTask();

        _go.SetResult();

        await Assert.ThrowsAsync<InvalidOperationException>(() => load.WaitAsync(Hang));
        other.SetResult("third");
    }

    [Fact]
    public async Task The_end_of_one_wait_does_not_end_another()
    {
        var other = new TaskCompletionSource<string>();
        Task<string> load = _cache.GetOrAddAsync(1, async outer =>
        {
            Task<string> second = outer.GetOrAddAsync(2, AskForTheFirst).AsTask();
            Task<string> third = outer.GetOrAddAsync(3, _ => new ValueTask<string>(other.Task)).AsTask();
            await third;
            _go.SetResult();
            return await second;
        }).AsTask();

        other.SetResult("third");

        await Assert.ThrowsAsync<InvalidOperationException>(() => load.WaitAsync(Hang));
        Assert.Equal(0, _cache.LoadsInProgress);
    }

    private async ValueTask<string> AskForTheFirst(LoadContext<int, string> context)
    {
        await _go.Task;
        return await context.GetOrAddAsync(1, _ => new ValueTask<string>("first"));
    }
}
