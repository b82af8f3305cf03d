using FsCheck;
using FsCheck.Fluent;

namespace FastCache.Tests.Properties.Model;

/// <summary>
/// A cache behaves as a dictionary that may forget an entry when another is added to it while it is full, and at no
/// other time: the law that the properties here state for caches of different kinds.
/// </summary>
internal static class ModelCheck
{
    private const int MaxPrograms = 300;
    private const int MaxOperations = 100;

    /// <summary>Runs random programs; a failure is shrunk to a short one, and printed with its seed.</summary>
    public static void Verify<TKey, TValue, TShape>(Gen<Setup> setups)
        where TKey : notnull
        where TShape : struct, IShape<TKey, TValue>
        => Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(MaxPrograms).WithStartSize(1).WithEndSize(MaxOperations),
            Prop.ForAll(Programs.For(setups), ReferenceRun<TKey, TValue, TShape>.Run));

    /// <summary>Setups of one kind, with what must not matter drawn at random.</summary>
    public static Gen<Setup> With(EvictionPolicy policy, int capacity, int shards, int hashCodes, int universe)
        => from initial in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(0, capacity)))
           from seed in Gen.Choose(0, 1000)
           select new Setup(capacity, initial, Math.Min(shards, capacity < 4 ? 1 : 4), policy, seed, hashCodes, universe);
}
