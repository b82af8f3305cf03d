namespace FastCache.Persistence.Writing;

/// <summary>What all segments of a log have in common.</summary>
/// <param name="LogId">Tells it from other logs.</param>
/// <param name="KeyFormat">What the keys look like.</param>
/// <param name="ValueFormat">What the values look like.</param>
internal readonly record struct LogIdentity(ulong LogId, ulong KeyFormat, ulong ValueFormat);
