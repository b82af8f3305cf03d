using FastCache.Persistence;
using FastCache.Persistence.Writing;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Inspection;

/// <summary>What a log's process is writing at the moment.</summary>
public sealed class UnwrittenEndTests
{
    private const string Segment = "0000000000000001.seg";

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Bytes_that_are_not_written_yet_are_torn_and_no_damage()
    {
        (StorageImage log, int durable) = await HalfWrittenAsync();
        int length = new SimulatedStorage(log).Bytes(Segment).Length;
        for (int written = durable; written < length; written++)
        {
            // The file may have grown already, or not.
            foreach (bool isLong in (bool[])[false, true])
            {
                using var storage = new SimulatedStorage(log);
                storage.Zero(Segment, written, length - written);
                storage.Truncate(Segment, isLong ? length : written);

                LogVerification verification = Inspected.Verify(storage, _time);

                Assert.True(verification is { IsIntact: true, Damage: [], Missing: 0 }, $"{written}, {isLong}: {verification}");
                Assert.InRange(verification.Entries, 2, 4);
                Assert.InRange(verification.Segments.Single().TornBytes, 0, length - durable);
            }
        }
    }

    [Fact]
    public async Task The_same_bytes_are_damage_once_something_says_that_they_were_durable()
    {
        (StorageImage log, int durable) = await HalfWrittenAsync();
        using var storage = new SimulatedStorage(log);
        storage.Zero(Segment, durable - 64, 64);

        LogVerification verification = Inspected.Verify(storage, _time);

        Assert.True(verification is { IsIntact: false, Missing: 1, Entries: 2 }, $"{verification}");
    }

    /// <summary>A log with two durable blocks and two that are written and not synced; where the latter begin.</summary>
    private async Task<(StorageImage Log, int Durable)> HalfWrittenAsync()
    {
        var storage = new SimulatedStorage();
        LogWriter? writer = null;
        CacheLog<int, string> log = await SimulatedLog.OpenAsync(
            storage,
            createDriver: made =>
            {
                writer = made;
                return new InlineDriver(made);
            },
            time: _time);
        await log.SetAsync(1, "one");
        await log.SetAsync(2, "two");
        int durable = storage.Bytes(Segment).Length;
        log.Cache.Set(3, "three");
        writer!.WriteAll();
        log.Cache.Set(4, "four");
        writer.WriteAll();
        log.Cache.Dispose();
        return (storage.Snapshot(), durable);
    }
}
