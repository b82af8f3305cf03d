using FsCheck;
using FsCheck.Fluent;

namespace FastCache.Tests.Properties.Loading;

/// <summary>Draws programs, and makes shorter ones of those that fail.</summary>
internal static class LoadPrograms
{
    private static readonly (int Weight, LoadStepKind Kind)[] Mix =
    [
        (12, LoadStepKind.Load),
        (3, LoadStepKind.LoadInThread),
        (3, LoadStepKind.CancelCaller),
        (4, LoadStepKind.EndWithValue),
        (2, LoadStepKind.EndWithFailure),
        (2, LoadStepKind.EndCancelled),
        (1, LoadStepKind.EndGivenUp),
        (3, LoadStepKind.EndByAsking),
        (3, LoadStepKind.Set),
        (3, LoadStepKind.TryRemove),
        (1, LoadStepKind.Clear),
        (1, LoadStepKind.Trim),
        (2, LoadStepKind.Advance),
    ];

    // No factory asks for another key: its load could end while a caller of several keys, whose round that ends, joins it, or before.
    private static readonly (int Weight, LoadStepKind Kind)[] BulkMix
        = [(6, LoadStepKind.LoadMany), .. Mix.Where(static entry => entry.Kind != LoadStepKind.EndByAsking)];

    // What runs in the background runs on threads of the pool, of which a synchronous factory would block one.
    private static readonly (int Weight, LoadStepKind Kind)[] StaleMix
        = [(5, LoadStepKind.Advance), (2, LoadStepKind.Grow), .. Mix.Where(static entry => entry.Kind != LoadStepKind.LoadInThread)];

    // Whatever can happen to an entry and its guard while it is refreshed.
    private static readonly (int Weight, LoadStepKind Kind)[] RefreshMix =
    [
        (6, LoadStepKind.Advance),
        (6, LoadStepKind.Load),
        (5, LoadStepKind.Set),
        (4, LoadStepKind.Grow),
        (1, LoadStepKind.TryRemove),
        (1, LoadStepKind.Trim),
        (2, LoadStepKind.EndWithValue),
        (1, LoadStepKind.EndWithFailure),
    ];

    private static readonly Gen<Behaviour> AnyBehaviour = Gen.Frequency(
        (8, Gen.Constant(Behaviour.Stall)),
        (2, Gen.Constant(Behaviour.Return)),
        (1, Gen.Constant(Behaviour.Throw)),
        (1, Gen.Constant(Behaviour.AskItself)),
        (3, Gen.Constant(Behaviour.AskAnother)));

    private static readonly Gen<Behaviour> AnyInner = Gen.Frequency(
        (3, Gen.Constant(Behaviour.Stall)),
        (1, Gen.Elements(Behaviour.Return, Behaviour.Throw, Behaviour.AskBack)));

    /// <summary>Loads of single keys, in caches of any size.</summary>
    public static Arbitrary<LoadProgram> OfSingleKeys() => For(
        from capacity in Gen.Elements(1, 2, 4, 100)
        from setup in SetupWith(capacity, Patience.None, lives: [0, 100], hashCodes: [0, 0, 1, 2])
        select setup, Mix);

    /// <summary>Loads of several keys too, in caches with room for all of them.</summary>
    public static Arbitrary<LoadProgram> OfSeveralKeys() => For(
        SetupWith(100, Patience.None, lives: [0, 100], hashCodes: [0, 0, 1, 2]), BulkMix);

    /// <summary>Loads with all that can be done about old values. A refresh is put off while another key of its hash is loaded.</summary>
    public static Arbitrary<LoadProgram> OfStaleValues() => For(
        from eager in Gen.Elements<double?>(null, 0.5)
        from revalidate in Gen.Elements(0, 70, 200)
        from failSafe in Gen.Elements(0, 120)
        from throttle in Gen.Elements(0, 40, 1000)
        from setup in SetupWith(20_000, new Patience(eager, revalidate, failSafe, throttle), lives: [100], hashCodes: [0])
        select setup, StaleMix);

    /// <summary>Entries that are refreshed soon after they are written, and live on for long.</summary>
    public static Arbitrary<LoadProgram> OfRefreshedValues() => For(
        SetupWith(20_000, new Patience(Eager: 0.05, 0, 0, Throttle: 10), lives: [1000], hashCodes: [0]), RefreshMix);

    private static Gen<LoadSetup> SetupWith(int capacity, Patience patience, int[] lives, int[] hashCodes)
        => from shards in Gen.Elements(1, 4)
           from policy in Gen.Elements(Enum.GetValues<EvictionPolicy>())
           from seed in Gen.Choose(0, 1000)
           from codes in Gen.Elements(hashCodes)
           from universe in Gen.Elements(1, 2, 2, 3, 5)
           from life in Gen.Elements(lives)
           select new LoadSetup(capacity, capacity < 4 ? 1 : shards, policy, seed, codes, universe, life, patience);

    private static Arbitrary<LoadProgram> For(Gen<LoadSetup> setups, (int Weight, LoadStepKind Kind)[] mix)
        => Arb.From(
            from setup in setups
            from steps in Gen.Sized(size => Gen.Choose(1, size + 1).SelectMany(count => Gen.ArrayOf(StepFor(setup, mix), count)))
            select new LoadProgram(setup, steps),
            Shrink);

    private static Gen<LoadStep> StepFor(LoadSetup setup, (int Weight, LoadStepKind Kind)[] mix)
        => from kind in Gen.Frequency(mix.Select(static entry => (entry.Weight, Gen.Constant(entry.Kind))))
           from key in Gen.Choose(0, setup.Universe - 1)
           from other in Gen.Choose(0, setup.Universe - 1)
           from behaviour in AnyBehaviour
           from inner in AnyInner
           from isCancellable in Gen.Elements(true, false)
           from hasContext in Gen.Elements(true, false)
           from amount in Gen.Elements(1, 2, 3, 7, 30, 50, 100)
           let asks = kind == LoadStepKind.Load && setup.NeverEvicts && mix != BulkMix
           select new LoadStep(
               kind,
               key,
               other,
               behaviour is Behaviour.AskItself or Behaviour.AskAnother && !asks ? Behaviour.Stall : behaviour,
               inner,
               isCancellable,
               hasContext,
               amount);

    private static IEnumerable<LoadProgram> Shrink(LoadProgram program)
        => WithoutAChunk(program.Steps)
            .Concat(WithOneSimpler(program.Steps))
            .Select(steps => program with { Steps = steps });

    private static IEnumerable<LoadStep[]> WithoutAChunk(IReadOnlyList<LoadStep> steps)
    {
        for (int chunk = (steps.Count + 1) / 2; chunk > 0; chunk /= 2)
        {
            for (int start = 0; start < steps.Count; start += chunk)
            {
                yield return [.. steps.Take(start), .. steps.Skip(start + chunk)];
            }
        }
    }

    private static IEnumerable<LoadStep[]> WithOneSimpler(IReadOnlyList<LoadStep> steps)
    {
        for (int i = 0; i < steps.Count; i++)
        {
            LoadStep step = steps[i];
            LoadStep[] simpler =
            [
                step with { Key = 0 },
                step with { Other = 0 },
                step with { Behaviour = Behaviour.Stall },
                step with { Inner = Behaviour.Stall },
                step with { IsCancellable = false },
                step with { HasContext = false },
            ];
            foreach (LoadStep candidate in simpler)
            {
                if (candidate != step)
                {
                    LoadStep[] changed = [.. steps];
                    changed[i] = candidate;
                    yield return changed;
                }
            }
        }
    }
}
