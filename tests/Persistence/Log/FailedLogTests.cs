using FastCache.Persistence;
using FastCache.Persistence.Format;
using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Log;

/// <summary>A disk that fails takes the log along, but neither the cache nor the truth.</summary>
public sealed class FailedLogTests : IDisposable
{
    private readonly SimulatedStorage _storage = new();
    private readonly TaskCompletionSource<CacheLogEvent> _degraded = new();
    private int _notices;

    public void Dispose() => _storage.Dispose();

    [Theory]
    [InlineData((int)StorageOperation.Write)]
    [InlineData((int)StorageOperation.Sync)]
    [InlineData((int)StorageOperation.Create)]
    [InlineData((int)StorageOperation.SyncDirectory)]
    public async Task The_cache_goes_on_nothing_more_is_acknowledged_and_nothing_old_returns(int operation)
    {
        CacheLog<int, string> log = await OpenAsync(LogDurability.Interval);
        await log.SetAsync(1, "old");
        await log.SetAsync(2, "old");
        FailSegments((StorageOperation)operation);

        // More than a segment, so that the next one is needed, too.
        await Assert.ThrowsAsync<CacheLogException>(async () => await log.SetAsync(1, new string('n', 5000)));
        CacheLogException again = await Assert.ThrowsAsync<CacheLogException>(async () => await log.TryRemoveAsync(2));
        await Assert.ThrowsAsync<CacheLogException>(async () => await log.FlushAsync());
        await Assert.ThrowsAsync<CacheLogException>(async () => await log.ClearAsync());

        Assert.Contains(_storage.Location, again.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(StorageError.DeviceFailed), again.Message, StringComparison.Ordinal);
        Assert.Equal(0, log.Cache.Count);
        Assert.True(log.Cache.Set(3, "new"));
        Assert.True(log.Cache.TryGet(3, out _));
        Assert.True(log.Statistics.IsDegraded);
        Assert.Equal(again.Message, (await _degraded.Task).Message);
        await log.DisposeAsync();
        Assert.Equal(1, _notices);

        _storage.Fault = null;
        StorageImage left = _storage.Snapshot();
        Restarted restarted = await SimulatedLog.RestartAsync(left);
        Assert.Equal(LogDiscardReason.Stale, restarted.Report.Discarded);
        Assert.Empty(restarted.Entries);
        restarted = await SimulatedLog.RestartAsync(left.Crash(CrashPolicy.PowerCutDropAll));
        Assert.Equal(LogDiscardReason.Stale, restarted.Report.Discarded);
    }

    [Fact]
    public async Task Whoever_waits_for_every_write_is_told_and_the_cache_has_it_all_the_same()
    {
        CacheLog<int, string> log = await OpenAsync(LogDurability.EveryWrite);
        FailSegments(StorageOperation.Sync);

        Assert.Throws<CacheLogException>(() => log.Cache.Set(1, "one"));
        Assert.Throws<CacheLogException>(() => log.Cache.Set(2, "two"));
        Assert.Throws<CacheLogException>(() => log.Cache.TryRemove(2));

        Assert.Equal([new KeyValuePair<int, string>(1, "one")], log.Cache);
        await log.DisposeAsync();
    }

    [Fact]
    public async Task A_log_that_is_discarded_as_stale_begins_anew()
    {
        CacheLog<int, string> log = await OpenAsync(LogDurability.Interval);
        FailSegments(StorageOperation.Write);
        await Assert.ThrowsAsync<CacheLogException>(async () => await log.SetAsync(1, "old"));
        await log.DisposeAsync();
        var storage = new SimulatedStorage(_storage.Snapshot());
        await using (CacheLog<int, string> second = await SimulatedLog.OpenAsync(storage))
        {
            second.Cache.Set(2, "new");
        }

        Restarted third = await SimulatedLog.RestartAsync(storage.Snapshot());

        Assert.Equal(LogDiscardReason.None, third.Report.Discarded);
        Assert.Equal([new KeyValuePair<int, string>(2, "new")], third.Entries);
    }

    [Fact]
    public async Task What_was_acknowledged_before_a_disk_failed_for_good_is_there_if_nobody_could_mark_the_log()
    {
        CacheLog<int, string> log = await OpenAsync(LogDurability.Interval);
        await log.SetAsync(1, "old");
        _storage.Fault = static _ => StorageError.DeviceFailed;

        await Assert.ThrowsAsync<CacheLogException>(async () => await log.TryRemoveAsync(1));
        await log.DisposeAsync();

        Assert.Equal("old", (await SimulatedLog.RestartAsync(_storage.Snapshot().Crash(CrashPolicy.PowerCutDropAll))).Entries[1]);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task All_threads_that_wait_are_told()
    {
        await Wait.LeaveRunner();
        const int Threads = 8;
        using var door = new Door();
        CacheLog<int, string> log = await OpenAsync(LogDurability.EveryWrite, hasThreads: true);
        FailSegments(StorageOperation.Sync);
        _storage.AtBoundary = boundary =>
        {
            if (boundary.Operation == StorageOperation.Sync)
            {
                door.Pass();
            }
        };
        Task writing = Task.Run(() => Crew.Run(
            Threads, thread => Assert.Throws<CacheLogException>(() => log.Cache.Set(thread, "value"))));
        Wait.Until(() => log.Cache.Count == Threads);

        door.Open();
        await writing;

        Assert.Equal(Threads, log.Cache.Count);
        await log.DisposeAsync();
    }

    private async Task<CacheLog<int, string>> OpenAsync(LogDurability durability, bool hasThreads = false)
        => await SimulatedLog.OpenAsync(
            _storage,
            options =>
            {
                options.Durability = durability;
                options.SegmentSize = 1024;
                options.Listener = Listen;
            },
            hasThreads);

    private void Listen(CacheLogEvent news)
    {
        if (news.Kind == CacheLogEventKind.Degraded)
        {
            Interlocked.Increment(ref _notices);
            _degraded.TrySetResult(news);
        }
    }

    /// <summary>Of all files but the mark, and of the directory once.</summary>
    private void FailSegments(StorageOperation failing)
    {
        bool isDirectory = failing == StorageOperation.SyncDirectory;
        _storage.Fault = boundary =>
        {
            bool fails = boundary.Operation == failing && (isDirectory || SegmentName.TryParse(boundary.Name, out _));
            isDirectory &= !fails;
            return fails ? StorageError.DeviceFailed : StorageError.None;
        };
    }
}
