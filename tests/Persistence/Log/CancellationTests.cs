using FastCache.Persistence;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.Storage;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Log;

/// <summary>A token ends the waiting, and nothing else.</summary>
public sealed class CancellationTests : IDisposable
{
    private readonly SimulatedStorage _storage = new();
    private readonly Door _door = new();

    public void Dispose()
    {
        _door.Open();
        _storage.Dispose();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_is_no_longer_waited_for_becomes_durable_all_the_same()
    {
        await Wait.LeaveRunner();
        CacheLog<int, string> log = await SimulatedLog.OpenAsync(_storage, hasThreads: true);
        await log.SetAsync(2, "removed");
        _storage.AtBoundary = boundary =>
        {
            if (boundary.Operation == StorageOperation.Sync)
            {
                _door.Pass();
            }
        };
        using var cancelled = new CancellationTokenSource();
        Task[] waiting =
        [
            log.SetAsync(1, "one", cancelled.Token).AsTask(),
            log.TryRemoveAsync(2, cancelled.Token).AsTask(),
            log.FlushAsync(cancelled.Token).AsTask(),
        ];
        _door.AwaitSomebody();
        await cancelled.CancelAsync();

        foreach (Task task in waiting)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await log.SetAsync(3, "three", cancelled.Token));
        Assert.Equal([1, 3], log.Cache.Select(static entry => entry.Key).Order());
        _door.Open();
        await log.FlushAsync();
        Dictionary<int, string> entries = (await SimulatedLog.RestartAsync(_storage.Snapshot().Crash(CrashPolicy.PowerCutDropAll))).Entries;
        Assert.Equal([1, 3], entries.Keys.Order());
        await log.DisposeAsync();
    }

    [Fact]
    public async Task An_opening_that_is_cancelled_leaves_the_directory_free()
    {
        using var directory = new TemporaryDirectory();
        var options = new CacheLogOptions<int, string> { Directory = directory.Path };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await CacheLog.OpenAsync(new CacheOptions<int, string> { Capacity = 10 }, options, new CancellationToken(canceled: true)));

        await (await CacheLog.OpenAsync(new CacheOptions<int, string> { Capacity = 10 }, options)).DisposeAsync();
    }
}
