using FastCache.Persistence;
using FastCache.Persistence.Recovery;
using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.Format.Golden;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Inspection;

/// <summary>A log to which one thing happens while somebody looks at it: before each of his operations in turn.</summary>
public sealed class GrowingLogTests
{
    private const string Segment = "0000000000000001.seg";

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task What_is_written_before_a_stop_does_not_look_missing_to_who_looked_before()
    {
        int operations = int.MaxValue;
        for (int moment = 1; moment <= operations; moment++)
        {
            using var storage = new SimulatedStorage();
            CacheLog<int, string> log = await SimulatedLog.OpenAsync(storage, time: _time);
            await log.SetAsync(1, "one");
            operations = Look(storage, moment, () =>
            {
                log.SetAsync(2, "two").AsTask().GetAwaiter().GetResult();
                log.DisposeAsync().AsTask().GetAwaiter().GetResult();
                return new SimulatedStorage(storage.Snapshot());
            });
        }

        Assert.InRange(operations, 5, 100);
    }

    [Fact]
    public void A_segment_that_is_being_begun_does_not_look_damaged()
    {
        int operations = int.MaxValue;
        for (int moment = 1; moment <= operations; moment++)
        {
            SimulatedStorage whole = GoldenLogTests.Read("killed");
            byte[] bytes = whole.Bytes(Segment);
            whole.Truncate(Segment, 0);
            operations = Look(whole, moment, () =>
            {
                whole.Replace(Segment, bytes);
                return whole;
            });
        }

        Assert.InRange(operations, 5, 100);
    }

    /// <summary>Looks, as whoever does not look again; how many operations that takes.</summary>
    private static int Look(SimulatedStorage storage, int moment, Func<SimulatedStorage> happens)
    {
        SimulatedStorage current = storage;
        int operations = 0;
        using var looked = new InspectedStorage(
            () => current,
            () =>
            {
                if (++operations == moment)
                {
                    current = happens();
                }
            });
        Assert.True(LogScan.Read(looked, out LogScan scan).IsOk);
        using (scan)
        {
            Assert.Equal(0UL, scan.MissingRecords);
            Assert.DoesNotContain(scan.Segments, static segment => segment.IsDamagedAtItsHeader);
        }

        // Where it ends before the moment comes, nothing happens.
        return operations;
    }
}
