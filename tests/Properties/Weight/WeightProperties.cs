using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Properties.Weight;

/// <summary>Whatever is written and however the limit changes, the weights add up and the limit holds.</summary>
public sealed class WeightProperties
{
    private const int MaxPrograms = 300;
    private const int MaxOperations = 150;

    public static TheoryData<EvictionPolicy> Policies => [.. Enum.GetValues<EvictionPolicy>()];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Weights_add_up_and_never_pass_the_limit(EvictionPolicy policy)
        => Verify(
            from limit in Gen.Elements(4, 5, 10, 30, 100, 1000)
            from shards in Gen.Elements(1, 4)
            from heaviest in Gen.Elements<int?>(null, 1, limit / shards)
            from universe in Gen.Elements(2, 5, 30, 100)
            from seed in Gen.Choose(0, 1000)
            select new WeightSetup(IsWeighed: true, limit, heaviest, shards, policy, seed, universe));

    [Theory]
    [MemberData(nameof(Policies))]
    public void Counts_never_pass_a_capacity_that_changes(EvictionPolicy policy)
        => Verify(
            from limit in Gen.Elements(4, 5, 10, 30, 100)
            from shards in Gen.Elements(1, 4)
            from universe in Gen.Elements(2, 5, 30, 300)
            from seed in Gen.Choose(0, 1000)
            select new WeightSetup(IsWeighed: false, limit, MaxEntryWeight: null, shards, policy, seed, universe));

    private static void Verify(Gen<WeightSetup> setups)
        => Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(MaxPrograms).WithStartSize(1).WithEndSize(MaxOperations),
            Prop.ForAll(WeightProgram.For(setups), WeightRun.Run));
}
