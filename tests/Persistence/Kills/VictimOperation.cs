namespace FastCache.Tests.Persistence.Kills;

/// <summary>What a process does to a cache and says.</summary>
internal enum VictimOperation
{
    Set,
    Remove,
    Clear,
    Flush,
}
