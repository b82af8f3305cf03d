using FastCache.Persistence;
using FastCache.Persistence.Format;
using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Log;

/// <summary>A file of the log fails, and the disk does not: all that is not durable is written to another.</summary>
public sealed class MendedLogTests
{
    [Theory]
    [InlineData((int)StorageOperation.Write)]
    [InlineData((int)StorageOperation.Sync)]
    public void Nothing_is_lost_and_the_file_is_not_touched_again(int operation)
    {
        using SmallLog log = new SmallLog().Open();
        Assert.True(log.TrySetAcknowledged(1, "durable"));
        string failed = FailOnce(log.Storage, (StorageOperation)operation);
        log.Cache.Set(2, "not yet");
        Assert.True(log.TrySetAcknowledged(3, "mended"));
        Assert.True(log.TryRemoveAcknowledged(1));

        Assert.Equal(1, log.Log.Statistics.Mends);
        Assert.False(log.Log.Statistics.IsDegraded);
        Dictionary<int, string> expected = new() { [2] = "not yet", [3] = "mended" };
        Assert.Equal(expected, log.ContentsAfter(CrashPolicy.PowerCutDropAll));
        Assert.Equal(expected, log.ContentsAfter(CrashPolicy.ProcessKilled));
        Assert.Contains(failed, log.Segments());
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task It_is_told()
    {
        await Wait.LeaveRunner();
        using SmallLog log = new SmallLog().Open();
        FailOnce(log.Storage, StorageOperation.Sync);

        Assert.True(log.TrySetAcknowledged(1, "one"));

        Wait.Until(() => log.Events.Contains(CacheLogEventKind.Mended));
        Assert.DoesNotContain(CacheLogEventKind.Degraded, log.Events);
    }

    [Fact]
    public void The_last_snapshot_survives_the_failure_of_its_file_in_however_many_it_is_written_again()
    {
        using SmallLog log = new SmallLog { Configure = static options => options.MaxStagedBytes = 1 << 20 }.Open();
        for (int key = 0; key < 64; key++)
        {
            log.Cache.Set(key, new string((char)('0' + key), 60));
        }

        bool hasFailed = false;
        log.Storage.Fault = boundary =>
        {
            // The first sync after everything was written: records and snapshot are in the same file.
            bool fails = !hasFailed && boundary.Operation == StorageOperation.Sync && boundary.Before.Size > SmallLog.SegmentSize;
            hasFailed |= fails;
            return fails ? StorageError.DeviceFailed : StorageError.None;
        };
        log.Stop();
        Assert.Equal(1, log.Log.Statistics.Mends);

        using SmallLog small = log.Restart(new SimulatedStorage(log.Storage.Snapshot()), static options => options.Capacity = 8);

        Assert.True(small.Report.GivenUp > 0, $"{small.Report}");
    }

    /// <summary>Fails one operation of a segment, and says when that file is used once more; its name, once it has failed.</summary>
    private static string FailOnce(SimulatedStorage storage, StorageOperation operation)
    {
        string? failed = null;
        storage.List(out IReadOnlyList<string> names);
        storage.Fault = boundary =>
        {
            if (boundary.Name == failed && boundary.Operation != StorageOperation.Delete)
            {
                throw new InvalidOperationException($"{boundary.Operation} of a file that has failed.");
            }

            if (failed is not null || boundary.Operation != operation || !SegmentName.TryParse(boundary.Name, out _))
            {
                return StorageError.None;
            }

            failed = boundary.Name;
            return StorageError.DeviceFailed;
        };
        return names.Single();
    }
}
