using FastCache.Persistence;
using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Log;

/// <summary>A cache that is written to faster than its disk takes it.</summary>
public sealed class BackPressureTests : IDisposable
{
    private const int Threads = 4;
    private const int EachThread = 200;

    // Of a record with a value of 20 characters.
    private const int RecordLength = 27;
    private const int MaxStagedBytes = 4 * SimulatedLog.BlockSize;

    private readonly SimulatedStorage _storage = new();
    private readonly Door _door = new();

    public void Dispose()
    {
        _door.Open();
        _storage.Dispose();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Writers_wait_for_a_disk_that_hangs_and_go_on_with_it()
    {
        await Wait.LeaveRunner();
        CacheLog<int, string> log = await OpenAsync(LogBackPressure.Wait);
        HoldWrites();
        Task writing = Task.Run(() => Crew.Run(Threads, thread => WriteAll(log, thread)));

        Wait.Until(() => log.Statistics.Waits == Threads);

        // Waiting comes after the write: one record of each thread, and the block with which there was too much.
        long staged = log.Cache.Count * RecordLength;
        Assert.InRange(staged, MaxStagedBytes, MaxStagedBytes + SimulatedLog.BlockSize + (Threads * RecordLength));
        Assert.False(writing.IsCompleted);
        _door.Open();
        await writing;
        await log.DisposeAsync();
        Assert.Equal(Threads * EachThread, (await SimulatedLog.RestartAsync(_storage.Snapshot())).Entries.Count);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Removals_wait_as_values_do()
    {
        await Wait.LeaveRunner();
        CacheLog<int, string> log = await OpenAsync(LogBackPressure.Wait);
        HoldWrites();
        Task removing = Task.Run(() =>
        {
            for (int key = 0; key < 10_000; key++)
            {
                log.Cache.TryRemove(key);
            }
        });

        Wait.Until(() => log.Statistics.Waits == 1);

        Assert.False(removing.IsCompleted);
        _door.Open();
        await removing;
        await log.DisposeAsync();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Who_waits_goes_on_without_the_log_when_the_disk_fails()
    {
        await Wait.LeaveRunner();
        CacheLog<int, string> log = await OpenAsync(LogBackPressure.Wait);
        _storage.Fault = static boundary => boundary.Operation == StorageOperation.Write ? StorageError.DeviceFailed : StorageError.None;
        HoldWrites();
        Task writing = Task.Run(() => Crew.Run(Threads, thread => WriteAll(log, thread)));
        Wait.Until(() => log.Statistics.Waits == Threads);

        _door.Open();
        await writing;

        Assert.Equal(Threads * EachThread, log.Cache.Count);
        Assert.True(log.Statistics.IsDegraded);
        await log.DisposeAsync();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_is_dropped_keeps_nobody_waiting_and_takes_the_older_value_along()
    {
        await Wait.LeaveRunner();
        CacheLog<int, string> log = await OpenAsync(LogBackPressure.Drop);
        for (int key = 0; key < EachThread; key++)
        {
            await log.SetAsync(key, "older");
        }

        await log.SetAsync(-1, "older");
        HoldWrites();
        WriteAll(log, thread: 0);
        log.Cache.TryRemove(-1);

        Assert.Equal(0, log.Statistics.Waits);
        Assert.InRange(log.Statistics.Dropped, 1, EachThread - 1);
        Assert.Equal(EachThread, log.Cache.Count);
        long dropped = log.Statistics.Dropped;
        _door.Open();
        await log.FlushAsync();
        Dictionary<int, string> cut = (await SimulatedLog.RestartAsync(_storage.Snapshot().Crash(CrashPolicy.PowerCutDropAll))).Entries;
        await log.DisposeAsync();
        Dictionary<int, string> stopped = (await SimulatedLog.RestartAsync(_storage.Snapshot())).Entries;

        Assert.All([cut, stopped], entries =>
        {
            Assert.Equal(EachThread - dropped, entries.Count);
            Assert.All(entries, static entry => Assert.Equal(ValueOf(entry.Key), entry.Value));
            Assert.DoesNotContain(-1, entries.Keys);
        });
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_is_awaited_is_never_dropped()
    {
        await Wait.LeaveRunner();
        CacheLog<int, string> log = await OpenAsync(LogBackPressure.Drop);
        HoldWrites();
        WriteAll(log, thread: 0);
        Assert.True(log.Statistics.Dropped > 0);

        Task<bool> awaited = log.SetAsync(1_000_000, "awaited").AsTask();
        Task<bool> removed = log.TryRemoveAsync(0).AsTask();
        Assert.False(awaited.IsCompleted || removed.IsCompleted);
        _door.Open();
        await Task.WhenAll(awaited, removed);

        Dictionary<int, string> entries = (await SimulatedLog.RestartAsync(_storage.Snapshot().Crash(CrashPolicy.PowerCutDropAll))).Entries;
        Assert.Equal("awaited", entries[1_000_000]);
        Assert.DoesNotContain(0, entries.Keys);
        await log.DisposeAsync();
    }

    private static string ValueOf(int key) => $"{key:D20}";

    private static void WriteAll(CacheLog<int, string> log, int thread)
    {
        for (int index = 0; index < EachThread; index++)
        {
            int key = (thread * EachThread) + index;
            log.Cache.Set(key, ValueOf(key));
        }
    }

    private async Task<CacheLog<int, string>> OpenAsync(LogBackPressure backPressure)
        => await SimulatedLog.OpenAsync(_storage, options => options.BackPressure = backPressure, hasThreads: true);

    private void HoldWrites() => _storage.AtBoundary = boundary =>
    {
        if (boundary.Operation == StorageOperation.Write)
        {
            _door.Pass();
        }
    };
}
