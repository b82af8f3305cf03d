using FsCheck;
using FsCheck.Fluent;
using static FastCache.Tests.Properties.Weight.WeightOperationKind;

namespace FastCache.Tests.Properties.Weight;

/// <summary>A cache with a limit, and what is done with it. Prints as C#.</summary>
internal sealed record WeightProgram(WeightSetup Setup, IReadOnlyList<WeightOperation> Operations)
{
    private static readonly (int Share, WeightOperationKind Kind)[] Mix =
    [
        (4, TryGet), (12, Set), (4, TryAdd), (6, TryUpdate), (3, TryUpdateIf), (4, AddOrUpdate), (4, GetOrAdd), (4, TryRemove),
        (1, Clear), (1, Trim), (2, Resize), (2, Maintain),
    ];

    /// <summary>Programs of up to as many operations as the size that FsCheck asks for.</summary>
    public static Arbitrary<WeightProgram> For(Gen<WeightSetup> setups)
        => Arb.From(
            from setup in setups
            from operations in Gen.Sized(size => Gen.Choose(1, size + 1).SelectMany(count => Gen.ArrayOf(OperationFor(setup), count)))
            select new WeightProgram(setup, operations),
            Shrink);

    public override string ToString()
        => Environment.NewLine + Setup + Environment.NewLine
            + string.Join(Environment.NewLine, Operations.Select(operation => operation.Print(Setup)));

    private static Gen<WeightOperation> OperationFor(WeightSetup setup)
    {
        // A third of the calls is for a few hot keys; an eighth of the values is pinned.
        Gen<int> keys = Gen.Frequency(
            (2, Gen.Choose(0, setup.Universe - 1)), (1, Gen.Choose(0, Math.Min(3, setup.Universe - 1))));
        Gen<int> weights = Gen.Frequency(
            (1, Gen.Constant(0)),
            (5, Gen.Choose(1, Math.Max(1, setup.HeaviestTried / 8))),
            (2, Gen.Choose(1, setup.HeaviestTried)));
        return from kind in Gen.Frequency(Mix.Select(entry => (entry.Share, Gen.Constant(entry.Kind))))
               from key in keys
               from weight in weights
               from digit in Gen.Choose(0, 9)
               select new WeightOperation(kind, key, weight, digit);
    }

    private static IEnumerable<WeightProgram> Shrink(WeightProgram program)
        => WithoutAChunk(program.Operations)
            .Concat(WithOneSimpler(program.Operations))
            .Select(operations => program with { Operations = operations });

    private static IEnumerable<WeightOperation[]> WithoutAChunk(IReadOnlyList<WeightOperation> operations)
    {
        for (int chunk = (operations.Count + 1) / 2; chunk > 0; chunk /= 2)
        {
            for (int start = 0; start < operations.Count; start += chunk)
            {
                yield return [.. operations.Take(start), .. operations.Skip(start + chunk)];
            }
        }
    }

    private static IEnumerable<WeightOperation[]> WithOneSimpler(IReadOnlyList<WeightOperation> operations)
    {
        for (int i = 0; i < operations.Count; i++)
        {
            WeightOperation operation = operations[i];
            WeightOperation[] simpler =
            [
                operation with { Key = operation.Key / 2 },
                operation with { Weight = operation.Weight / 2 },
                operation with { Digit = 0 },
            ];
            foreach (WeightOperation candidate in simpler.Where(candidate => candidate != operation))
            {
                WeightOperation[] changed = [.. operations];
                changed[i] = candidate;
                yield return changed;
            }
        }
    }
}
