using FsCheck;
using FsCheck.Fluent;

namespace FastCache.Tests.Properties.Linearizability;

/// <summary>Draws programs, and makes shorter ones of those that fail.</summary>
internal static class ConcurrentPrograms
{
    private const int MinOperations = 2;
    private const int MaxOperations = 8;
    private const int MaxPause = 3;

    // Around each other and around the ticks of 50.
    private static readonly int[] Lives = [10, 20, 30, 50, 60, Operation.Infinite];
    private static readonly int[] Passing = [5, 10, 20, 50, 60];

    /// <param name="mix">What they are made of.</param>
    /// <param name="haveSpans">Whether keys can be given by their characters.</param>
    public static Arbitrary<ConcurrentProgram> Of(Mix mix, bool haveSpans) => Arb.From(Programs(mix, haveSpans), Shrink);

    private static Gen<ConcurrentProgram> Programs(Mix mix, bool haveSpans)
        => from setup in mix.Setups
           from keys in Gen.Frequency((4, Gen.Constant(1)), (2, Gen.Constant(2)), (1, Gen.Constant(3)))
           from prefilled in Gen.Choose(0, (1 << keys) - 1)
           from count in Gen.Frequency((5, Gen.Constant(2)), (3, Gen.Constant(3)), (1, Gen.Constant(4)))
           from threads in Gen.ArrayOf(OperationsOf(mix, keys, haveSpans), count)
           select Numbered(new ConcurrentProgram(setup with { Keys = keys, Prefilled = prefilled }, threads));

    private static Gen<Operation[]> OperationsOf(Mix mix, int keys, bool haveSpans)
    {
        Gen<OperationKind> kinds = Gen.Frequency(mix.Calls.Select(call => (call.Weight, Gen.Constant(call.Kind))));
        Gen<Operation> operations =
            from kind in kinds
            from key in Gen.Choose(0, keys - 1)
            from bySpan in haveSpans ? Gen.Elements(true, false) : Gen.Constant(false)
            from pause in Gen.Choose(0, MaxPause)
            from life in Gen.Elements(Lives)
            from passing in Gen.Elements(Passing)
            let milliseconds = kind == OperationKind.Advance ? passing : life
            select new Operation(kind, key, Value: 0, milliseconds, bySpan, pause);
        return Gen.Choose(MinOperations, MaxOperations).SelectMany(count => Gen.ArrayOf(operations, count));
    }

    /// <summary>Gives each operation values of its own, so that a value that is read says who wrote it.</summary>
    private static ConcurrentProgram Numbered(ConcurrentProgram program)
    {
        int number = 0;
        bool isCoarse = program.Setup.Expiring == Expiring.Coarsely;
        return program with
        {
            Threads = [.. program.Threads.Select((operations, thread) => (IReadOnlyList<Operation>)[.. operations
                .Select(operation => operation with { Value = ++number * Operation.ValuesEach })
                .Select(operation => isCoarse && thread > 0 && operation.Kind == OperationKind.Advance
                    ? operation with { Kind = OperationKind.TryGet }
                    : operation)])],
        };
    }

    private static IEnumerable<ConcurrentProgram> Shrink(ConcurrentProgram program)
        => WithoutAThread(program).Concat(WithoutAChunk(program)).Concat(WithASimplerSetup(program)).Concat(WithOneSimpler(program));

    private static IEnumerable<ConcurrentProgram> WithoutAThread(ConcurrentProgram program)
        => program.Threads.Count == 1
            ? []
            : program.Threads.Select((_, thread) => program with { Threads = [.. program.Threads.Where((_, other) => other != thread)] });

    private static IEnumerable<ConcurrentProgram> WithoutAChunk(ConcurrentProgram program)
    {
        for (int thread = 0; thread < program.Threads.Count; thread++)
        {
            IReadOnlyList<Operation> operations = program.Threads[thread];
            for (int chunk = (operations.Count + 1) / 2; chunk > 0; chunk /= 2)
            {
                for (int start = 0; start < operations.Count; start += chunk)
                {
                    yield return With(program, thread, [.. operations.Take(start), .. operations.Skip(start + chunk)]);
                }
            }
        }
    }

    private static IEnumerable<ConcurrentProgram> WithASimplerSetup(ConcurrentProgram program)
    {
        ProgramSetup setup = program.Setup;
        ProgramSetup[] simpler =
        [
            setup with { Prefilled = 0 },
            setup with { IsListened = false },
            setup with { IsWeighed = false },
            setup with { ShardCount = 1 },
        ];
        foreach (ProgramSetup candidate in simpler.Where(candidate => candidate != setup))
        {
            yield return program with { Setup = candidate };
        }

        if (setup.Keys > 1)
        {
            // All keys become one.
            yield return new ConcurrentProgram(
                setup with { Keys = 1, Prefilled = setup.Prefilled & 1 },
                [.. program.Threads.Select(operations => (IReadOnlyList<Operation>)[.. operations.Select(operation => operation with { Key = 0 })])]);
        }
    }

    private static IEnumerable<ConcurrentProgram> WithOneSimpler(ConcurrentProgram program)
    {
        for (int thread = 0; thread < program.Threads.Count; thread++)
        {
            for (int i = 0; i < program.Threads[thread].Count; i++)
            {
                Operation operation = program.Threads[thread][i];
                Operation[] simpler = [operation with { Pause = 0 }, operation with { BySpan = false }, operation with { Key = 0 }];
                foreach (Operation candidate in simpler.Where(candidate => candidate != operation))
                {
                    Operation[] changed = [.. program.Threads[thread]];
                    changed[i] = candidate;
                    yield return With(program, thread, changed);
                }
            }
        }
    }

    private static ConcurrentProgram With(ConcurrentProgram program, int thread, IReadOnlyList<Operation> operations)
        => program with { Threads = [.. program.Threads.Select((others, other) => other == thread ? operations : others)] };
}
