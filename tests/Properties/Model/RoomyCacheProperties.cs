using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Properties.Model;

/// <summary>Where every shard has room for all keys, nothing is ever forgotten.</summary>
public sealed class RoomyCacheProperties
{
    public static TheoryData<EvictionPolicy> Policies => [.. Enum.GetValues<EvictionPolicy>()];

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_cache_with_room_for_all_keys_agrees_with_a_dictionary(EvictionPolicy policy)
        => ModelCheck.Verify<int, int, IntShape>(Roomy(policy));

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_cache_of_strings_with_room_for_all_keys_agrees_with_a_dictionary(EvictionPolicy policy)
        => ModelCheck.Verify<string, string, TextShape>(Roomy(policy));

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_cache_of_wide_structs_with_room_for_all_keys_agrees_with_a_dictionary(EvictionPolicy policy)
        => ModelCheck.Verify<(int, string), WideValue, WideShape>(Roomy(policy));

    private static Gen<Setup> Roomy(EvictionPolicy policy)
        => from universe in Gen.Elements(1, 2, 3, 10, 100, 500)
           from shards in Gen.Elements(1, 4)
           from setup in ModelCheck.With(policy, universe * shards, shards, hashCodes: 0, universe)
           select setup;
}
