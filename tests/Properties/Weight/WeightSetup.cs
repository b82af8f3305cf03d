namespace FastCache.Tests.Properties.Weight;

/// <summary>How the cache of a program is made, and what the program may do with it.</summary>
/// <param name="IsWeighed">Whether there is a weigher; if not, the limit is a number of entries.</param>
/// <param name="Limit">The weight limit, or the capacity, to begin with.</param>
/// <param name="MaxEntryWeight">See <see cref="CacheOptions{TKey, TValue}"/>, as for the three that follow.</param>
/// <param name="ShardCount">See above.</param>
/// <param name="Eviction">See above.</param>
/// <param name="HashSeed">See above.</param>
/// <param name="Universe">Keys are below this.</param>
internal sealed record WeightSetup(
    bool IsWeighed, int Limit, int? MaxEntryWeight, int ShardCount, EvictionPolicy Eviction, long HashSeed, int Universe)
{
    /// <summary>The heaviest weight that a program tries: somewhat more than an entry may weigh.</summary>
    public int HeaviestTried => Math.Min(WeightOperation.MaxWeight, (MaxEntryWeight ?? (Limit / ShardCount)) + 2);

    /// <summary>What an entry weighs.</summary>
    public int WeightOf(int value) => IsWeighed ? WeightOperation.WeightOf(value) : 1;

    public Cache<int, int> Create()
        => new(new CacheOptions<int, int>
        {
            Capacity = IsWeighed ? 0 : Limit,
            WeightLimit = IsWeighed ? Limit : null,
            Weigher = IsWeighed ? static (_, value) => WeightOperation.WeightOf(value) : null,
            MaxEntryWeight = MaxEntryWeight,
            ShardCount = ShardCount,
            Eviction = Eviction,
            HashSeed = HashSeed,
        });

    public override string ToString()
    {
        string limit = IsWeighed
            ? $"WeightLimit = {Limit}, Weigher = (_, value) => value % 1000"
                + (MaxEntryWeight is { } heaviest ? $", MaxEntryWeight = {heaviest}" : "")
            : $"Capacity = {Limit}";
        return $"var cache = new Cache<int, int>(new CacheOptions<int, int> {{ {limit}, ShardCount = {ShardCount}, "
            + $"Eviction = EvictionPolicy.{Eviction}, HashSeed = {HashSeed} }}); // Maintenance by hand.";
    }
}
