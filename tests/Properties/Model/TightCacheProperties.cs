using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Properties.Model;

/// <summary>A cache with more keys than room forgets exactly when it must.</summary>
public sealed class TightCacheProperties
{
    public static TheoryData<EvictionPolicy> Policies => [.. Enum.GetValues<EvictionPolicy>()];

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_full_cache_forgets_only_what_an_addition_pushes_out(EvictionPolicy policy)
        => ModelCheck.Verify<int, int, IntShape>(Tight(policy));

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_full_cache_of_strings_forgets_only_what_an_addition_pushes_out(EvictionPolicy policy)
        => ModelCheck.Verify<string, string, TextShape>(Tight(policy));

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_full_cache_of_wide_structs_forgets_only_what_an_addition_pushes_out(EvictionPolicy policy)
        => ModelCheck.Verify<(int, string), WideValue, WideShape>(Tight(policy));

    private static Gen<Setup> Tight(EvictionPolicy policy)
        => from capacity in Gen.Elements(1, 2, 3, 10, 10, 100, 100, 2000)
           from shards in Gen.Elements(1, 4)
           from setup in ModelCheck.With(policy, capacity, shards, hashCodes: 0, (2 * capacity) + 3)
           select setup;
}
