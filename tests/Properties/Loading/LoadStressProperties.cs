using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Properties.Loading;

/// <summary>No value survives its invalidation, whatever the threads do and whatever else happens in the cache.</summary>
public sealed class LoadStressProperties
{
    private const int MaxRuns = 25;

    [Fact]
    public void No_value_survives_an_invalidation_while_entries_are_evicted()
        => Verify(
            from capacity in Gen.Elements(4, 8, 40)
            from shards in Gen.Elements(1, 4)
            from setup in SetupWith(capacity, shards, others: 2 * capacity)
            select setup);

    [Fact]
    public void No_value_survives_an_invalidation_while_the_table_grows()
        => Verify(
            from shards in Gen.Elements(1, 2)
            from setup in SetupWith(5000, shards, others: 4000)
            select setup);

    private static Gen<StressSetup> SetupWith(int capacity, int shards, int others)
        => from policy in Gen.Elements(Enum.GetValues<EvictionPolicy>())
           from isRefreshed in Gen.Elements(true, false)
           from seed in Gen.Choose(0, 100_000)
           select new StressSetup(capacity, shards, policy, isRefreshed, others, seed);

    private static void Verify(Gen<StressSetup> setups)
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(MaxRuns), Prop.ForAll(Arb.From(setups), StressRun.Run));
}
