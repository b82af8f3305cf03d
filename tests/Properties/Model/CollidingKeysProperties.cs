using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Properties.Model;

/// <summary>A comparer with one hash code, or eight, for all keys changes how many fit and nothing else.</summary>
public sealed class CollidingKeysProperties
{
    public static TheoryData<EvictionPolicy> Policies => [.. Enum.GetValues<EvictionPolicy>()];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Keys_that_collide_agree_with_a_dictionary_while_their_neighbourhood_has_room(EvictionPolicy policy)
        => ModelCheck.Verify<int, int, IntShape>(Colliding(policy, perShard: true, [20, 100], keysPerEntry: 1));

    [Theory]
    [MemberData(nameof(Policies))]
    public void Keys_that_collide_are_forgotten_only_when_an_addition_pushes_them_out(EvictionPolicy policy)
        => ModelCheck.Verify<int, int, IntShape>(Colliding(policy, perShard: false, [1, 2, 3, 10, 10, 100, 100, 2000], keysPerEntry: 3));

    [Theory]
    [MemberData(nameof(Policies))]
    public void Structs_that_collide_are_forgotten_only_when_an_addition_pushes_them_out(EvictionPolicy policy)
        => ModelCheck.Verify<(int, string), WideValue, WideShape>(Colliding(policy, perShard: false, [1, 3, 10, 100], keysPerEntry: 3));

    private static Gen<Setup> Colliding(EvictionPolicy policy, bool perShard, int[] capacities, int keysPerEntry)
        => from capacity in Gen.Elements(capacities)
           from codes in Gen.Elements(1, 8)
           from shards in Gen.Elements(1, 4)
           from setup in ModelCheck.With(policy, perShard ? capacity * shards : capacity, shards, codes, keysPerEntry * capacity)
           select setup;
}
