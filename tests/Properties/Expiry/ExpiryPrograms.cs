using FsCheck;
using FsCheck.Fluent;

namespace FastCache.Tests.Properties.Expiry;

/// <summary>Draws programs, and makes shorter ones of those that fail.</summary>
internal static class ExpiryPrograms
{
    private static readonly (int Weight, ExpiryOperationKind Kind)[] Mix =
    [
        (8, ExpiryOperationKind.TryGet),
        (2, ExpiryOperationKind.TryPeek),
        (2, ExpiryOperationKind.Touch),
        (3, ExpiryOperationKind.TimeToLive),
        (5, ExpiryOperationKind.Set),
        (8, ExpiryOperationKind.SetWithOptions),
        (4, ExpiryOperationKind.TryAdd),
        (3, ExpiryOperationKind.TryUpdate),
        (3, ExpiryOperationKind.TryUpdateIf),
        (3, ExpiryOperationKind.AddOrUpdate),
        (4, ExpiryOperationKind.GetOrAdd),
        (3, ExpiryOperationKind.TryRemove),
        (5, ExpiryOperationKind.TrySetExpiry),
        (2, ExpiryOperationKind.TrimExpired),
        (1, ExpiryOperationKind.Clear),
        (14, ExpiryOperationKind.Advance),
        (3, ExpiryOperationKind.AdvanceAtOnce),
    ];

    // Around the ticks of 50, and around each other.
    private static readonly int[] Times = [1, 2, 10, 17, 30, 49, 50, 51, 60, 99, 100, 101, 150, 400, 3000];
    private static readonly int[] Passing = [1, 1, 2, 7, 10, 16, 17, 25, 33, 49, 50, 51, 75, 99, 100, 150, 399, 3000, 100_000];

    private static readonly Gen<int?> AnyDuration = Gen.Frequency(
        (6, Gen.Elements(Times)), (1, Gen.Constant(Durations.Infinite)), (1, Gen.Constant(Durations.Longest))).Select(time => (int?)time);

    private static readonly Gen<int?> NoTime = Gen.Constant<int?>(null);

    private static readonly Gen<Lives> AnyLives =
        from afterWrite in Gen.Frequency((1, AnyDuration), (1, NoTime))
        from afterAccess in Gen.Frequency((1, AnyDuration), (2, NoTime))
        from at in Gen.Frequency((1, Gen.Elements(-60, -1, 0, 1, 49, 50, 120).Select(time => (int?)time)), (5, NoTime))
        select new Lives(afterWrite, afterAccess, at);

    /// <summary>Caches that compute lives, or others.</summary>
    public static Gen<ExpirySetup> Setups(bool isPrecise, bool isComputed)
        => from shards in Gen.Elements(1, 4)
           from policy in Gen.Elements(Enum.GetValues<EvictionPolicy>())
           from seed in Gen.Choose(0, 1000)
           from universe in Gen.Elements(1, 2, 3, 10, 60)
           from afterWrite in Gen.Frequency((1, AnyDuration), (2, NoTime))
           from afterAccess in Gen.Frequency((1, AnyDuration), (2, NoTime))
           from computed in Gen.Elements(Computed.AtWrites, Computed.AtReadsToo)
           select isComputed
               ? new ExpirySetup(shards, policy, seed, universe, isPrecise, null, null, computed)
               : new ExpirySetup(shards, policy, seed, universe, isPrecise, afterWrite, afterAccess, Computed.Nothing);

    /// <summary>Programs of up to as many operations as the size that FsCheck asks for.</summary>
    public static Arbitrary<ExpiryProgram> For(Gen<ExpirySetup> setups)
        => Arb.From(
            from setup in setups
            from operations in Gen.Sized(size => Gen.Choose(1, size + 1).SelectMany(count => Gen.ArrayOf(OperationFor(setup), count)))
            select new ExpiryProgram(setup, operations),
            Shrink);

    private static Gen<ExpiryOperation> OperationFor(ExpirySetup setup)
        => from kind in Gen.Frequency(Mix.Select(entry => (entry.Weight, Gen.Constant(entry.Kind))))
           from key in Gen.Frequency((1, Gen.Choose(0, setup.Universe - 1)), (2, Gen.Choose(0, Math.Min(2, setup.Universe - 1))))
           from digit in Gen.Choose(0, 9)
           from other in Gen.Choose(0, 9)
           from lives in Gen.Frequency((4, AnyLives), (1, Gen.Constant(default(Lives))))
           from passing in Gen.Elements(Passing)
           select new ExpiryOperation(kind, key, digit, other, lives, passing);

    private static IEnumerable<ExpiryProgram> Shrink(ExpiryProgram program)
        => WithoutAChunk(program.Operations)
            .Concat(WithOneSimpler(program.Operations))
            .Select(operations => program with { Operations = operations });

    private static IEnumerable<ExpiryOperation[]> WithoutAChunk(IReadOnlyList<ExpiryOperation> operations)
    {
        for (int chunk = (operations.Count + 1) / 2; chunk > 0; chunk /= 2)
        {
            for (int start = 0; start < operations.Count; start += chunk)
            {
                yield return [.. operations.Take(start), .. operations.Skip(start + chunk)];
            }
        }
    }

    private static IEnumerable<ExpiryOperation[]> WithOneSimpler(IReadOnlyList<ExpiryOperation> operations)
    {
        for (int i = 0; i < operations.Count; i++)
        {
            ExpiryOperation operation = operations[i];
            ExpiryOperation[] simpler =
            [
                operation with { Key = 0 },
                operation with { Lives = default },
                operation with { Lives = operation.Lives with { AfterWrite = null } },
                operation with { Lives = operation.Lives with { AfterAccess = null } },
                operation with { Lives = operation.Lives with { At = null } },
                operation with { Milliseconds = operation.Milliseconds / 2 },
            ];
            foreach (ExpiryOperation candidate in simpler.Where(candidate => candidate != operation))
            {
                ExpiryOperation[] changed = [.. operations];
                changed[i] = candidate;
                yield return changed;
            }
        }
    }
}
