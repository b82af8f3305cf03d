namespace FastCache.Extensions.Health;

/// <summary>Something that is not well.</summary>
/// <param name="Text">What, in a sentence without its subject, the cache.</param>
/// <param name="IsFailure">Whether the check has failed; if not, the cache works, but not as it should.</param>
internal readonly record struct Finding(string Text, bool IsFailure = false);
