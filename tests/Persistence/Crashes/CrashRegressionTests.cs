using FastCache.Persistence;
using Xunit;

namespace FastCache.Tests.Persistence.Crashes;

/// <summary>Programs that random ones have been cut down to, each of which once ended in a wrong restart.</summary>
public sealed class CrashRegressionTests
{
    // What a crash leaves is drawn: one seed alone would stop meaning anything with the next change of the code.
    private const int Seeds = 100;

    /// <summary>The removal is torn off by the power cut, and a snapshot that knows of it is not.</summary>
    [Fact]
    public void A_snapshot_of_a_record_that_was_lost_is_not_believed_once_later_records_are_there()
        => RunWithSeeds(new LogProgram(LogDurability.Interval, BlockSize: 64, SegmentSize: 300, MaxLogSize: 1200, Seed: 1570007813,
            [
                new(LogStepKind.Set, 3, 336),
                new(LogStepKind.Remove, 3, 1),
                new(LogStepKind.CutPower, 2, 1),
                new(LogStepKind.SetAcknowledged, 0, 1),
            ]));

    /// <summary>The process ends between the sync that failed and the segment in its place, and the machine after the next opening.</summary>
    [Fact]
    public void What_a_failed_sync_has_lost_is_not_taken_for_durable_by_the_next_opening()
        => RunWithSeeds(new LogProgram(LogDurability.Interval, BlockSize: 128, SegmentSize: 100000, MaxLogSize: 400000, Seed: 456693096,
            [
                new(LogStepKind.Reopen, 3, 1),
                new(LogStepKind.TryUpdate, 3, 1),
                new(LogStepKind.Set, 1, 15),
                new(LogStepKind.Set, 1, 8),
                new(LogStepKind.FailOnce, 2, 14),
                new(LogStepKind.SetWithDeadline, 3, 10),
                new(LogStepKind.SetAcknowledged, 2, 1),
                new(LogStepKind.GetOrAdd, 0, 592),
            ]));

    private static void RunWithSeeds(LogProgram program)
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            CrashRun.Run(program with { Seed = program.Seed + seed });
        }
    }
}
