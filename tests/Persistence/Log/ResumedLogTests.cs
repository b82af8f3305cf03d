using FastCache.Persistence;
using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Log;

/// <summary>A disk that fails for a while: the cache goes on without its log, and the log begins anew when the disk works.</summary>
public sealed class ResumedLogTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_written_before_does_not_return_and_what_is_written_afterwards_does(bool canBeMarked)
    {
        await Wait.LeaveRunner();
        using SmallLog log = new SmallLog().Open();
        log.TrySetAcknowledged(1, "before");
        log.TrySetAcknowledged(2, "before");
        Degrade(log, canBeMarked);
        log.Cache.Set(3, "meanwhile");
        log.Storage.Fault = null;

        log.Time.Advance(Second);

        Assert.False(log.Log.Statistics.IsDegraded);
        Assert.Equal(1, log.Log.Statistics.Resumptions);
        Wait.Until(() => log.Events.Contains(CacheLogEventKind.Resumed));
        Assert.True(log.Events.ToList().IndexOf(CacheLogEventKind.Degraded) >= 0);
        Assert.True(log.TrySetAcknowledged(1, "after"));
        Assert.Equal("before", log.Cache.TryGet(2, out string? kept) ? kept : null);
        Dictionary<int, string> expected = new() { [1] = "after" };
        Assert.Equal(expected, log.ContentsAfter(CrashPolicy.PowerCutDropAll));
        log.Stop();
        Assert.Equal(expected, log.ContentsAfter(CrashPolicy.PowerCutDropAll));
        Assert.Equal(0, log.Storage.OpenFiles);
    }

    [Fact]
    public void It_is_tried_after_one_second_then_after_twice_as_long_up_to_a_minute()
    {
        using SmallLog log = new SmallLog().Open();
        Degrade(log);
        var tries = new List<double>();
        DateTimeOffset begin = log.Time.GetUtcNow();
        log.Storage.Fault = boundary =>
        {
            if (boundary.Operation == StorageOperation.Create)
            {
                tries.Add((log.Time.GetUtcNow() - begin).TotalSeconds);
            }

            return StorageError.DeviceFailed;
        };

        log.Time.Advance(TimeSpan.FromSeconds(300));

        Assert.Equal([1, 3, 7, 15, 31, 63, 123, 183, 243], tries.Select(static seconds => Math.Floor(seconds)));
        Assert.True(log.Log.Statistics.IsDegraded);
    }

    // A removal meanwhile is not in the log, whatever is durable of it.
    [Fact]
    public void Nothing_is_acknowledged_while_there_is_no_log_though_all_that_is_in_it_is_durable()
    {
        using SmallLog log = new SmallLog
        {
            CreateDriver = static writer => new InlineDriver(writer, doesUpkeep: false),
        }.Open();
        for (int round = 0; log.Segments().Length < 4; round++)
        {
            Assert.True(round < 1000 && log.TrySetAcknowledged(1, Noise.Of(round, 100)) && log.TrySetAcknowledged(2, "old"));
        }

        while (log.Writer!.Old.TryPeekKept(out var oldest))
        {
            log.Writer.Old.SetCopied(oldest.Id, copiedUntil: 0);
        }

        // A new segment cannot be made; all that was written before is durable by then. Nor can the log be marked.
        log.Storage.Fault = static boundary => boundary.Operation == StorageOperation.Create ? StorageError.DeviceFailed : StorageError.None;
        log.Writer.TrimIfWorthwhile();
        Assert.True(log.Log.Statistics.IsDegraded);
        Assert.False(log.TrySetAcknowledged(1, "new"));
        Assert.False(log.TryRemoveAcknowledged(2));
        Assert.False(log.TryFlush());
        Task during = log.Log.SetAsync(3, "new").AsTask();

        Assert.Equal("old", log.ContentsAfter(CrashPolicy.PowerCutDropAll)[2]);
        log.Storage.Fault = null;
        log.Time.Advance(Second);
        log.Writer.TryResume();

        Assert.False(log.Log.Statistics.IsDegraded);
        Assert.True(during.IsFaulted);
        Assert.True(log.TrySetAcknowledged(1, "newer"));
        Assert.Equal(new Dictionary<int, string> { [1] = "newer" }, log.ContentsAfter(CrashPolicy.PowerCutDropAll));
    }

    [Fact]
    public void A_clock_that_throws_keeps_nobody_waiting_for_a_log_that_has_failed()
    {
        var time = new ThrowingTime();
        using SmallLog log = new SmallLog { ConfigureCache = options => options.TimeProvider = time }.Open();
        log.Storage.Fault = static _ => StorageError.DeviceFailed;
        time.Throws = true;
        Task written = log.Log.SetAsync(1, "one").AsTask();
        time.Throws = false;

        Assert.IsType<CacheLogException>(written.Exception?.InnerException);
        Assert.True(log.Log.Statistics.IsDegraded);
    }

    [Fact]
    public void A_clock_that_throws_ends_neither_the_upkeep_nor_the_stopping()
    {
        var time = new ThrowingTime();
        using SmallLog log = new SmallLog
        {
            ConfigureCache = options => options.TimeProvider = time,
            CreateDriver = static writer => new InlineDriver(writer, doesUpkeep: false),
        }.Open();
        for (int key = 0; key < 64; key++)
        {
            log.Cache.Set(key, Noise.Of(key, 200));
        }

        Assert.True(log.TryFlush());
        Assert.True(log.Writer!.Upkeep!.IsDue);
        time.Throws = true;

        Assert.False(log.Writer.Upkeep.IsDue);
        log.Writer.Upkeep.Run();
        time.Throws = false;
        log.Writer.Upkeep.Run();
        Assert.True(log.Log.Statistics.Snapshots > 0);
        time.Throws = true;
        log.Stop();

        Assert.Equal(0, log.Storage.OpenFiles);
    }

    // Of all storages this is the worst to begin anew in: what fills it is the log itself.
    [Fact]
    public void A_log_that_has_filled_its_disk_makes_room_for_itself()
    {
        using SmallLog log = new SmallLog
        {
            Storage = new SimulatedStorage { Capacity = 3 * SmallLog.SegmentSize / 2 },
            Configure = static options => options.SegmentSize = 4 * SmallLog.SegmentSize,
        }.Open();
        for (int key = 0; !log.Log.Statistics.IsDegraded; key++)
        {
            Assert.True(key < 1000);
            log.Cache.Set(key % 64, Noise.Of(key, 200));
            log.TryFlush();
        }

        log.Time.Advance(Second);

        Assert.False(log.Log.Statistics.IsDegraded);
        Assert.True(log.TrySetAcknowledged(1, "after"));
        Assert.Equal(new Dictionary<int, string> { [1] = "after" }, log.ContentsAfter(CrashPolicy.PowerCutDropAll));
        log.Stop();
        Assert.Equal(0, log.Storage.OpenFiles);
    }

    /// <summary>Fails until told otherwise, but for the mark.</summary>
    private static void Degrade(SmallLog log, bool canBeMarked = true)
    {
        log.Storage.Fault = boundary => boundary.Name == "STALE" && canBeMarked ? StorageError.None : StorageError.DeviceFailed;
        Assert.False(log.TrySetAcknowledged(1, "lost"));
        Assert.True(log.Log.Statistics.IsDegraded);
    }

    private sealed class ThrowingTime : TimeProvider
    {
        public bool Throws { get; set; }

        public override long GetTimestamp() => Throws ? throw new InvalidTimeZoneException() : 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Throws ? throw new InvalidTimeZoneException() : DateTimeOffset.UnixEpoch.AddYears(60);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
            => new ManualTimeProvider().CreateTimer(callback, state, dueTime, period);
    }
}
