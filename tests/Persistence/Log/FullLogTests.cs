using FastCache.Persistence;
using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Log;

/// <summary>A disk that is full: the oldest part of the log makes room for the newest.</summary>
public sealed class FullLogTests
{
    [Fact(Timeout = Wait.Watchdog)]
    public async Task The_oldest_segment_is_deleted_and_the_log_goes_on()
    {
        await Wait.LeaveRunner();
        using SmallLog log = Filled(5 * SmallLog.SegmentSize);

        Assert.False(log.Log.Statistics.IsDegraded);
        Assert.True(log.Log.Statistics.ForgottenSegments > 0);
        Wait.Until(() => log.Events.Contains(CacheLogEventKind.Forgotten));
        Dictionary<int, string> contents = log.ContentsAfter(CrashPolicy.PowerCutDropAll);
        Assert.NotEmpty(contents);
        Assert.All(contents, entry => Assert.Equal(log.Cache.TryPeek(entry.Key, out string? value) ? value : null, entry.Value));
    }

    // What was deleted to make room must not look like damage.
    [Fact]
    public void After_an_orderly_stop_nothing_is_said_to_be_missing()
    {
        using SmallLog log = Filled(5 * SmallLog.SegmentSize);
        log.Stop();

        using SmallLog strict = log.Restart(
            new SimulatedStorage(log.Storage.Snapshot()), also: static options => options.Recovery = LogRecovery.Strict);

        Assert.Equal((0, 0), (strict.Report.Missing, strict.Report.Quarantined));
        Assert.NotEmpty(strict.Cache);
    }

    // What is about to be deleted goes first.
    [Fact]
    public void No_more_is_forgotten_for_a_new_segment_than_it_needs()
    {
        using SmallLog log = new SmallLog { CreateDriver = static writer => new InlineDriver(writer, doesUpkeep: false) }.Open();
        int key = 0;
        while (log.Segments().Length < 4)
        {
            Assert.True(key < 1000);
            log.TrySetAcknowledged(key++ % 64, Noise.Of(key, 100));
        }

        // The two oldest have been copied, so they go with the next segment. That finds no room.
        Assert.True(log.Writer!.Old.TryPeekKept(out var oldest));
        log.Writer.Old.SetCopied(oldest.Id, copiedUntil: 0);
        Assert.True(log.Writer.Old.TryPeekKept(out oldest));
        log.Writer.Old.SetCopied(oldest.Id, copiedUntil: 0);
        int segments = log.Segments().Length;
        bool hasFailed = false;
        log.Storage.Fault = boundary =>
        {
            bool fails = !hasFailed && boundary.Operation == StorageOperation.Create;
            hasFailed |= fails;
            return fails ? StorageError.NoSpace : StorageError.None;
        };
        while (!hasFailed)
        {
            Assert.True(key < 1000);
            log.TrySetAcknowledged(key++ % 64, Noise.Of(key, 100));
        }

        Assert.False(log.Log.Statistics.IsDegraded);
        Assert.Equal(segments - 2 + 1, log.Segments().Length);
    }

    private static SmallLog Filled(int capacity)
    {
        SmallLog log = new SmallLog { Storage = new SimulatedStorage { Capacity = capacity } }.Open();
        for (int key = 0; key < 400; key++)
        {
            log.Cache.Set(key % 64, Noise.Of(key, 100));
            Assert.True(log.TryFlush());
        }

        return log;
    }
}
