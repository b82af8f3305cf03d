using FastCache.Persistence;
using FastCache.Persistence.Writing;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Writing;

public sealed class WriterThreadsTests : IDisposable
{
    private readonly SimulatedStorage _storage = new();

    public void Dispose() => _storage.Dispose();

    // Whoever has written while the log was disposed of asks then.
    [Fact]
    public async Task A_request_after_they_have_ended_does_nothing()
    {
        WriterThreads threads = null!;
        CacheLog<int, string> log = await SimulatedLog.OpenAsync(_storage, createDriver: writer => threads = new WriterThreads(writer));
        log.Cache.Set(1, "one");
        await log.DisposeAsync();
        int boundaries = _storage.Boundaries;

        threads.RequestWrite();
        threads.RequestSync();
        threads.RequestFlush();

        Assert.Equal(boundaries, _storage.Boundaries);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_flush_that_is_asked_for_is_written_and_not_synced()
    {
        await Wait.LeaveRunner();
        WriterThreads threads = null!;
        CacheLog<int, string> log = await SimulatedLog.OpenAsync(_storage, createDriver: writer => threads = new WriterThreads(writer));
        (int writes, int syncs) = (_storage.Writes, _storage.Syncs);
        log.Cache.Set(1, "one");

        threads.RequestFlush();

        Wait.Until(() => _storage.Writes > writes);
        Assert.Equal(syncs, _storage.Syncs);
        await log.DisposeAsync();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Whoever_asks_during_a_sync_gets_one_of_his_own()
    {
        await Wait.LeaveRunner();
        using var door = new Door();
        CacheLog<int, string> log = await SimulatedLog.OpenAsync(_storage, hasThreads: true);
        _storage.AtBoundary = boundary =>
        {
            if (boundary.Operation == StorageOperation.Sync)
            {
                door.Pass();
            }
        };
        Task first = log.SetAsync(1, "one").AsTask();
        door.AwaitSomebody();
        Task second = log.SetAsync(2, "two").AsTask();
        Assert.False(first.IsCompleted || second.IsCompleted);

        door.Open();
        await Task.WhenAll(first, second);

        Restarted restarted = await SimulatedLog.RestartAsync(_storage.Snapshot().Crash(CrashPolicy.PowerCutDropAll));
        Assert.Equal(2, restarted.Report.Restored);
        await log.DisposeAsync();
    }
}
