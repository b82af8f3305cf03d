using FsCheck;
using FsCheck.Fluent;

namespace FastCache.Tests.Properties.Table;

/// <summary>Sequences of operations, which FsCheck makes shorter when they fail.</summary>
internal static class Steps
{
    /// <summary>Checks that no sequence makes <paramref name="run"/> throw. A failure names the seed and the sequence.</summary>
    public static void Check(int sequences, int longest, Action<Step[]> run)
        => FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(sequences).WithEndSize(longest),
            Prop.ForAll(Arb.From(Generator, Shorter), run));

    private static Gen<Step[]> Generator
        => Gen.ArrayOf(
            from kind in Gen.Choose(0, 99)
            from argument in Gen.Choose(0, 9999)
            select new Step(kind, argument));

    private static IEnumerable<Step[]> Shorter(Step[] steps)
    {
        for (int chunk = (steps.Length + 1) / 2; chunk > 0; chunk /= 2)
        {
            for (int start = 0; start < steps.Length; start += chunk)
            {
                yield return [.. steps.Take(start), .. steps.Skip(start + chunk)];
            }
        }
    }
}
