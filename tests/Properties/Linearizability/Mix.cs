using FsCheck;
using FsCheck.Fluent;

namespace FastCache.Tests.Properties.Linearizability;

/// <summary>Which calls the programs of a property are made of, and on which caches.</summary>
/// <param name="Calls">The calls and how frequent they are.</param>
/// <param name="Setups">The caches; how many keys, and which of them are there at first, is drawn beside them.</param>
internal sealed record Mix((int Weight, OperationKind Kind)[] Calls, Gen<ProgramSetup> Setups)
{
    /// <summary>Caches of one shard or more that have room for everything, kept by any policy.</summary>
    public static Gen<ProgramSetup> Roomy
        => from shards in Gen.Elements(1, 1, 4)
           from policy in Gen.Elements(Enum.GetValues<EvictionPolicy>())
           from seed in Gen.Choose(0, 1000)
           from isListened in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
           from isWeighed in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
           select new ProgramSetup(1)
           {
               ShardCount = shards,
               Eviction = policy,
               HashSeed = seed,
               IsListened = isListened,
               IsWeighed = isWeighed,
               Capacity = 4096,
           };
}
