namespace FastCache.Sharding;

/// <summary>Where an enumeration stands inside a shard.</summary>
internal struct ShardCursor
{
    /// <summary>The table that is walked; null before the first step.</summary>
    public object? Table;

    public int NextSlot;
}
