using FsCheck;
using FsCheck.Fluent;

namespace FastCache.Tests.Properties.Model;

/// <summary>Draws programs, and makes shorter ones of those that fail.</summary>
internal static class Programs
{
    private static readonly (int Weight, OperationKind Kind)[] Mix =
    [
        (6, OperationKind.TryGet),
        (2, OperationKind.TryPeek),
        (2, OperationKind.ContainsKey),
        (8, OperationKind.Set),
        (4, OperationKind.TryAdd),
        (3, OperationKind.TryUpdate),
        (3, OperationKind.TryUpdateIf),
        (4, OperationKind.AddOrUpdate),
        (4, OperationKind.GetOrAdd),
        (2, OperationKind.GetOrAddWithState),
        (3, OperationKind.TryRemove),
        (2, OperationKind.TryRemoveValue),
        (3, OperationKind.TryRemovePair),
        (1, OperationKind.Clear),
        (2, OperationKind.GetMany),
        (4, OperationKind.SetMany),
        (2, OperationKind.RemoveMany),
        (1, OperationKind.Enumerate),
        (1, OperationKind.Count),
    ];

    /// <summary>Programs of up to as many operations as the size that FsCheck asks for.</summary>
    public static Arbitrary<CacheProgram> For(Gen<Setup> setups)
        => Arb.From(
            from setup in setups
            from operations in Gen.Sized(size => Gen.Choose(1, size + 1).SelectMany(count => Gen.ArrayOf(OperationFor(setup), count)))
            select new CacheProgram(setup, operations),
            Shrink);

    private static Gen<Operation> OperationFor(Setup setup)
    {
        Gen<OperationKind> kinds = Gen.Frequency(Mix.Select(entry => (entry.Weight, Gen.Constant(entry.Kind))));

        // A third of the calls is for a few hot keys.
        Gen<int> keys = Gen.Frequency(
            (2, Gen.Choose(0, setup.Universe - 1)), (1, Gen.Choose(0, Math.Min(3, setup.Universe - 1))));
        Gen<int> lengths = Gen.Frequency(
            (3, Gen.Choose(0, 5)), (1, Gen.Choose(0, Math.Min(setup.Capacity, setup.Universe))));
        return from kind in kinds
               from key in keys
               from digit in Gen.Choose(0, 9)
               from other in Gen.Choose(0, 9)
               from length in lengths
               select new Operation(kind, key, digit, other, Math.Min(length, setup.Universe - key));
    }

    private static IEnumerable<CacheProgram> Shrink(CacheProgram program)
        => WithoutAChunk(program.Operations)
            .Concat(WithOneSimpler(program.Operations))
            .Select(operations => program with { Operations = operations });

    private static IEnumerable<Operation[]> WithoutAChunk(IReadOnlyList<Operation> operations)
    {
        for (int chunk = (operations.Count + 1) / 2; chunk > 0; chunk /= 2)
        {
            for (int start = 0; start < operations.Count; start += chunk)
            {
                yield return [.. operations.Take(start), .. operations.Skip(start + chunk)];
            }
        }
    }

    private static IEnumerable<Operation[]> WithOneSimpler(IReadOnlyList<Operation> operations)
    {
        for (int i = 0; i < operations.Count; i++)
        {
            Operation operation = operations[i];
            Operation[] simpler =
            [
                operation with { Kind = OperationKind.Set },
                operation with { Key = 0 },
                operation with { Key = operation.Key / 2 },
                operation with { Length = operation.Length / 2 },
                operation with { Digit = 0 },
                operation with { Other = 0 },
            ];
            foreach (Operation candidate in simpler)
            {
                if (candidate != operation && IsSimpler(candidate, operation))
                {
                    Operation[] changed = [.. operations];
                    changed[i] = candidate;
                    yield return changed;
                }
            }
        }
    }

    private static bool IsSimpler(Operation candidate, Operation operation)
        => candidate.Kind == operation.Kind || operation.Kind is OperationKind.SetMany or OperationKind.AddOrUpdate;
}
