using FastCache.Persistence;

namespace FastCache.Tests.Persistence.TestTypes;

/// <summary>What a restart has brought back.</summary>
/// <param name="Entries">The cache.</param>
/// <param name="Report">What is said of it.</param>
internal sealed record Restarted(Dictionary<int, string> Entries, RecoveryReport Report);
