using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Properties.Expiry;

/// <summary>What a cache computes lives from.</summary>
internal enum Computed
{
    Nothing,
    AtWrites,
    AtReadsToo,
}

/// <summary>How the cache of a program is made, and which keys the program uses. The cache has room for all of them.</summary>
internal sealed record ExpirySetup(
    int ShardCount, EvictionPolicy Eviction, int HashSeed, int Universe, bool IsPrecise, int? AfterWrite, int? AfterAccess, Computed Computed)
{
    public Cache<int, int> Create(ManualTimeProvider time)
        => new(new CacheOptions<int, int>
        {
            Capacity = ShardCount * Universe,
            ShardCount = ShardCount,
            Eviction = Eviction,
            HashSeed = HashSeed,
            TimeProvider = time,
            PreciseExpiry = IsPrecise,
            ExpireAfterWrite = AfterWrite is { } write ? Durations.Of(write) : null,
            ExpireAfterAccess = AfterAccess is { } access ? Durations.Of(access) : null,
            Expiry = Computed switch
            {
                Computed.AtWrites => new ComputedLives(),
                Computed.AtReadsToo => new ComputedReadLives(),
                _ => null,
            },
        });

    public override string ToString()
    {
        string lives = (AfterWrite is { } write ? $", ExpireAfterWrite = {Durations.Print(write)}" : "")
            + (AfterAccess is { } access ? $", ExpireAfterAccess = {Durations.Print(access)}" : "")
            + (Computed is Computed.AtWrites ? ", Expiry = new ComputedLives()" : "")
            + (Computed is Computed.AtReadsToo ? ", Expiry = new ComputedReadLives()" : "");
        return $"var cache = new Cache<int, int>(new CacheOptions<int, int> {{ Capacity = {ShardCount * Universe}, "
            + $"ShardCount = {ShardCount}, Eviction = EvictionPolicy.{Eviction}, HashSeed = {HashSeed}, TimeProvider = time, "
            + $"PreciseExpiry = {(IsPrecise ? "true" : "false")}{lives} }});";
    }
}

/// <summary>A cache and what is done with it. Prints as C#.</summary>
internal sealed record ExpiryProgram(ExpirySetup Setup, IReadOnlyList<ExpiryOperation> Operations)
{
    public override string ToString()
        => string.Join(Environment.NewLine, ["", "var time = new ManualTimeProvider();", $"{Setup}", .. Operations.Select(operation => $"{operation}")]);
}
