using FastCache.Persistence;
using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.Format;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Recovery;

public sealed class LogOpeningTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task What_is_acknowledged_after_a_stale_log_was_opened_survives_a_power_cut()
    {
        using SimulatedStorage stale = await FailedLogAsync();
        CacheLog<int, string> log = Open(stale);
        Assert.Equal(LogDiscardReason.Stale, (await log.Restored).Discarded);
        await log.SetAsync(2, "acknowledged");

        using SimulatedStorage crashed = stale.Snapshot().Crash(CrashPolicy.PowerCutDropAll);
        CacheLog<int, string> reopened = Open(crashed);

        Assert.Equal(LogDiscardReason.None, (await reopened.Restored).Discarded);
        Assert.Equal("acknowledged", reopened.Cache.ToArray().Single().Value);
    }

    [Fact]
    public async Task Where_there_is_no_room_to_copy_what_was_not_synced_it_is_synced_where_it_is()
    {
        using var storage = new SimulatedStorage();
        CacheLog<int, string> log = Open(storage);
        await log.SetAsync(1, Noise.Of(1, 500));
        log.Cache.Dispose();
        using SimulatedStorage left = storage.Snapshot().Crash(CrashPolicy.ProcessKilled);

        // For the header of a segment, and no block.
        left.Capacity = left.Snapshot().Size + 200;
        CacheLog<int, string> reopened = Open(left);
        RecoveryReport report = await reopened.Restored;

        Assert.Equal((1, 1), (report.Segments, report.Restored));
        Assert.True(left.List(out IReadOnlyList<string> names).IsOk);
        Assert.Equal(["0000000000000001.seg", "0000000000000002.seg"], names);
        using SimulatedStorage crashed = left.Snapshot().Crash(CrashPolicy.PowerCutDropAll);
        Assert.Equal(Noise.Of(1, 500), Open(crashed).Cache.Single().Value);
    }

    [Fact]
    public async Task What_was_not_synced_is_in_a_segment_of_its_own_afterwards()
    {
        using var storage = new SimulatedStorage();
        CacheLog<int, string> log = Open(storage);
        await log.SetAsync(1, "one");
        log.Cache.Dispose();
        using SimulatedStorage left = storage.Snapshot().Crash(CrashPolicy.ProcessKilled);
        left.Create("0000000000000009.seg.new", 0, out IStorageFile? incomplete);
        incomplete!.Dispose();

        RecoveryReport report = await Open(left).Restored;

        Assert.Equal((1, 1), (report.Segments, report.Restored));
        Assert.True(left.List(out IReadOnlyList<string> names).IsOk);
        Assert.Equal(["0000000000000002.seg", "0000000000000003.seg"], names);
    }

    [Fact]
    public async Task A_segment_of_another_log_is_passed_over_and_left_alone()
    {
        const string Foreign = "0000000000000000.seg";
        using var other = new SimulatedStorage();
        await SeededLog.Open<int, string>(other, _time, seed: 7).SetAsync(77, "of another log");
        using var storage = new SimulatedStorage();
        await Open(storage).SetAsync(1, "of this one");
        using var both = new SimulatedStorage(storage.Snapshot());
        both.Create(Foreign, 0, out IStorageFile? file);
        file!.Dispose();
        both.Replace(Foreign, other.Bytes("0000000000000001.seg"));
        both.EditHeader(Foreign, static header => header with { SegmentId = 0 });

        CacheLog<int, string> log = Open(both);

        Assert.Equal([new KeyValuePair<int, string>(1, "of this one")], log.Cache);
        Assert.True(both.List(out IReadOnlyList<string> names).IsOk);
        Assert.Contains(Foreign, names);
    }

    /// <summary>What a log leaves behind whose disk has failed once.</summary>
    private async Task<SimulatedStorage> FailedLogAsync()
    {
        using var storage = new SimulatedStorage();
        CacheLog<int, string> log = Open(storage);
        await log.SetAsync(1, "out of date");
        storage.Fault = static boundary => boundary.Operation == StorageOperation.Write ? StorageError.DeviceFailed : StorageError.None;
        await Assert.ThrowsAsync<CacheLogException>(async () => await log.SetAsync(1, "newer"));
        storage.Fault = null;
        log.Cache.Dispose();
        Assert.True(storage.List(out IReadOnlyList<string> names).IsOk);
        Assert.Contains("STALE", names);
        return new SimulatedStorage(storage.Snapshot());
    }

    private CacheLog<int, string> Open(SimulatedStorage storage) => SeededLog.Open<int, string>(storage, _time, seed: 1);
}
