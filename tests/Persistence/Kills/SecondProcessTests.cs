using FastCache.Persistence;
using FastCache.Tests.Persistence.Storage;
using Xunit;

namespace FastCache.Tests.Persistence.Kills;

public sealed class SecondProcessTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_log_that_another_process_has_is_refused_by_its_name_and_that_processs_until_it_stops()
    {
        using var child = ChildProcess.Start(Setup(VictimTask.Hold));
        await child.AwaitOpenAsync(TestContext.Current.CancellationToken);

        CacheLogException refusal = await Assert.ThrowsAsync<CacheLogException>(async () => await OpenAsync());

        Assert.Contains(_directory.Path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"process {child.Id}.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, await child.StopAsync(TestContext.Current.CancellationToken));
        await using CacheLog<int, string> log = await OpenAsync();
        Assert.True((await log.Restored).WasStopped);
    }

    [Fact]
    public async Task A_log_is_free_when_the_process_that_has_it_is_killed()
    {
        using var child = ChildProcess.Start(Setup(VictimTask.Hold));
        await child.AwaitOpenAsync(TestContext.Current.CancellationToken);
        child.Kill();
        await child.AwaitExitAsync(TestContext.Current.CancellationToken);

        await using CacheLog<int, string> log = await OpenAsync();

        Assert.False((await log.Restored).WasStopped);
    }

    [Fact]
    public async Task Another_process_is_refused_a_log_that_this_one_has()
    {
        await using CacheLog<int, string> log = await OpenAsync();
        using var child = ChildProcess.Start(Setup(VictimTask.Hold));

        Assert.Equal(VictimReport.IsOpening, await child.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Null(await child.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.NotEqual(0, await child.AwaitExitAsync(TestContext.Current.CancellationToken));
        string said = (await child.FailureAsync("It was refused")).Message;
        Assert.Contains(nameof(CacheLogException), said, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_this_process_has_is_refused_until_it_is_disposed_of()
    {
        CacheLog<int, string> first = await OpenAsync();

        CacheLogException refusal = await Assert.ThrowsAsync<CacheLogException>(async () => await OpenAsync());

        Assert.Contains(_directory.Path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"process, {Environment.ProcessId}.", refusal.Message, StringComparison.Ordinal);
        await first.DisposeAsync();
        await (await OpenAsync()).DisposeAsync();
    }

    private ValueTask<CacheLog<int, string>> OpenAsync() => Setup(VictimTask.Hold).OpenAsync();

    private VictimSetup Setup(VictimTask task)
        => new(task, _directory.Path, LogDurability.Interval, BlockSize: 4096, Seed: 1, FirstCounter: 1);
}
