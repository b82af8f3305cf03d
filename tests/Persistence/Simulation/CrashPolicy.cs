namespace FastCache.Tests.Persistence.Simulation;

/// <summary>What a process that starts after a crash finds.</summary>
internal enum CrashPolicy
{
    /// <summary>All that was written and renamed, because the operating system lives on. What was not synced can still be lost later.</summary>
    ProcessKilled,

    /// <summary>Only what was synced.</summary>
    PowerCutDropAll,

    /// <summary>All that was written and renamed, because the disk was quick; except what a failed sync has lost.</summary>
    PowerCutKeepAll,

    /// <summary>What was synced, and of the rest what the seed says; see <see cref="Tearing"/>.</summary>
    PowerCutTorn,
}
