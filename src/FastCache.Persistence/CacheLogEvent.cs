namespace FastCache.Persistence;

/// <summary>Something that happened to a log, of which somebody should know.</summary>
/// <param name="Kind">What.</param>
/// <param name="Message">In words.</param>
/// <param name="Fault">The cause, if there is one.</param>
public sealed record CacheLogEvent(CacheLogEventKind Kind, string Message, Exception? Fault);
