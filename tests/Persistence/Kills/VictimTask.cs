namespace FastCache.Tests.Persistence.Kills;

/// <summary>What a process does that a test has started.</summary>
internal enum VictimTask
{
    /// <summary>Opens the log, writes to its cache until it is killed, and reports every step.</summary>
    Work,

    /// <summary>Opens the log, keeps it until its input ends, and stops in order.</summary>
    Hold,
}
