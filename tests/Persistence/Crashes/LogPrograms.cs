using FastCache.Persistence;
using FsCheck;
using FsCheck.Fluent;

namespace FastCache.Tests.Persistence.Crashes;

/// <summary>Draws programs, and makes shorter ones of those that fail.</summary>
internal static class LogPrograms
{
    /// <summary>Keys that a program uses.</summary>
    public const int Keys = 4;

    /// <summary>Tags that a program uses.</summary>
    public const int Tags = 3;

    private static readonly (int Weight, LogStepKind Kind)[] Mix =
    [
        (8, LogStepKind.Set),
        (4, LogStepKind.SetTagged),
        (3, LogStepKind.SetWithDeadline),
        (2, LogStepKind.SetWithIdleLimit),
        (4, LogStepKind.SetAcknowledged),
        (2, LogStepKind.TryUpdate),
        (2, LogStepKind.GetOrAdd),
        (2, LogStepKind.ShortenLife),
        (4, LogStepKind.Remove),
        (2, LogStepKind.RemoveAcknowledged),
        (2, LogStepKind.RemoveTag),
        (1, LogStepKind.RemoveTagAcknowledged),
        (1, LogStepKind.RemovePrefix),
        (1, LogStepKind.Clear),
        (1, LogStepKind.ClearAcknowledged),
        (3, LogStepKind.Flush),
        (3, LogStepKind.Advance),
        (1, LogStepKind.SetClockBack),
        (1, LogStepKind.FailOnce),
        (1, LogStepKind.FailForAWhile),
        (1, LogStepKind.Reopen),
        (1, LogStepKind.KillProcess),
        (1, LogStepKind.CutPower),
    ];

    /// <summary>What a cache calls a key: two begin with "a", two with "b".</summary>
    public static string NameOf(int key) => key < Keys / 2 ? $"a:0{key}" : $"b:0{key}";

    /// <summary>Programs of up to as many steps as the size that FsCheck asks for.</summary>
    public static Arbitrary<LogProgram> Arbitrary()
        => Arb.From(
            from durability in Gen.Elements(LogDurability.Interval, LogDurability.None, LogDurability.EveryWrite)
            from blockSize in Gen.Elements(64, 128, 400)
            from segmentSize in Gen.Elements(300, 700, 100_000)
            from segments in Gen.Elements(2, 4, 1000)
            from seed in Gen.Choose(0, int.MaxValue - 1)
            from steps in Gen.Sized(size => Gen.Choose(1, size + 1).SelectMany(count => Gen.ArrayOf(Step(), count)))
            select new LogProgram(durability, blockSize, segmentSize, segments * segmentSize, seed, steps),
            Shrink);

    private static Gen<LogStep> Step()
        => from kind in Gen.Frequency(Mix.Select(static entry => (entry.Weight, Gen.Constant(entry.Kind))))
           from key in Gen.Choose(0, Keys - 1)
           from size in Gen.Frequency((4, Gen.Choose(0, 20)), (1, Gen.Choose(50, 600)))
           select new LogStep(kind, key, size);

    private static IEnumerable<LogProgram> Shrink(LogProgram program)
    {
        for (int chunk = (program.Steps.Count + 1) / 2; chunk > 0; chunk /= 2)
        {
            for (int start = 0; start < program.Steps.Count; start += chunk)
            {
                yield return program with { Steps = [.. program.Steps.Take(start), .. program.Steps.Skip(start + chunk)] };
            }
        }

        for (int index = 0; index < program.Steps.Count; index++)
        {
            LogStep step = program.Steps[index];
            if (step.Size > 1)
            {
                yield return program with { Steps = [.. program.Steps.Take(index), step with { Size = 1 }, .. program.Steps.Skip(index + 1)] };
            }
        }
    }
}
