using FastCache.Persistence;
using FastCache.Persistence.Inspection;
using FastCache.Tests.Persistence.Crashes;
using FastCache.Tests.Persistence.Simulation;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Persistence.Inspection;

/// <summary>Whatever was done to a log and however it was left: who looks at it finds what an opening finds.</summary>
public sealed class InspectionProperties
{
    private const int Programs = 1_000;
    private const int MaxSteps = 40;

    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(Programs).WithStartSize(1).WithEndSize(MaxSteps);

    [Fact]
    public void What_would_come_back_is_what_comes_back()
    {
        long restored = 0;
        long torn = 0;
        FsCheck.Check.One(Config, Prop.ForAll(LogPrograms.Arbitrary(), program =>
        {
            using var run = new InspectedProgram(program);
            run.RunAll();
            StorageImage left = run.Leave(stops: program.Seed % 3 == 0);
            SimulatedStorage storage = left.Crash(
                program.Seed % 3 == 1 ? CrashPolicy.PowerCutTorn : CrashPolicy.ProcessKilled, program.Seed);

            LogVerification verification = Inspected.Verify(storage, run.Time);
            List<LogEntry<string, string?>> entries = Inspected.EntriesAsync<string>(storage, run.Time).GetAwaiter().GetResult();
            Assert.Equal(0, storage.Boundaries);


            // An opening would make a log that is too long shorter.
            CacheLog<string, string> reopened = Restart.Open(program with { MaxLogSize = int.MaxValue }, storage, run.Time);
            RecoveryReport report = reopened.Restored.GetAwaiter().GetResult();
            Inspected.AssertAgree(verification, report);
            Assert.True(verification.IsIntact, $"{verification}");
            Assert.Equal(
                reopened.Cache.Select(entry => (entry.Key, (string?)entry.Value, Dies: reopened.Cache.TimeToLive(entry.Key) != Timeout.InfiniteTimeSpan))
                    .OrderBy(static entry => entry.Key),
                entries.Select(static entry => (entry.Key, entry.Value, Dies: entry.ExpiresAt is not null)).OrderBy(static entry => entry.Key));
            Assert.Equal(entries.Select(static entry => entry.Sequence).OrderDescending(), entries.Select(static entry => entry.Sequence));
            reopened.Cache.Dispose();
            restored += report.Restored;
            torn += report.Torn + verification.Segments.Sum(static segment => segment.TornBytes);
        }));
        Assert.True(restored > Programs && torn > 0, $"{restored} restored, {torn} torn");
    }

    [Fact]
    public void Who_looks_while_others_write_stop_and_open_sees_no_damage()
    {
        long steps = 0;
        FsCheck.Check.One(Config, Prop.ForAll(LogPrograms.Arbitrary(), program =>
        {
            using var run = new InspectedProgram(program);
            var random = new SplitMix(program.Seed);
            for (int before = random.Next(program.Steps.Count); before > 0; before--)
            {
                run.TryStep();
            }

            bool isBusy = false;
            void Others()
            {
                // Opening a log again reads it, too.
                for (int count = isBusy ? 0 : random.Next(3); count > 0; count--)
                {
                    isBusy = true;
                    steps += run.TryStep() ? 1 : 0;
                    isBusy = false;
                }
            }

            var storage = new InspectedStorage(() => run.Storage, Others);
            LogVerification verification
                = LogVerifier.Verify(Inspected.Setup(storage, run.Time), progress: null, CancellationToken.None);
            Assert.True(verification is { IsReadable: true, IsIntact: true, Missing: 0 }, $"{verification}");
        }));
        Assert.True(steps > Programs, $"{steps} steps");
    }

    /// <summary>The power cut, in a segment that is older than the floor by the time of the next crash, which comes before it is deleted.</summary>
    [Fact]
    public void What_was_torn_in_a_segment_that_nobody_needs_any_more_does_not_count()
    {
        var program = new LogProgram(
            LogDurability.Interval,
            BlockSize: 64,
            SegmentSize: 700,
            MaxLogSize: 700_000,
            Seed: 1902417325,
            [
                new(LogStepKind.Remove, 1, 1),
                new(LogStepKind.Flush, 1, 1),
                new(LogStepKind.Set, 3, 1),
                new(LogStepKind.SetWithDeadline, 3, 456),
                new(LogStepKind.CutPower, 3, 1),
                new(LogStepKind.ShortenLife, 2, 1),
                new(LogStepKind.Set, 2, 418),
                new(LogStepKind.GetOrAdd, 2, 1),
            ]);
        using var run = new InspectedProgram(program);
        run.RunAll();
        SimulatedStorage storage = run.Leave(stops: false).Crash(CrashPolicy.PowerCutTorn, program.Seed);

        LogVerification verification = Inspected.Verify(storage, run.Time);

        Assert.NotEmpty(verification.Damage);
        Assert.True(verification.IsIntact, $"{verification}");
    }
}
