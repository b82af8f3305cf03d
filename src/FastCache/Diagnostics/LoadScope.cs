using System.Diagnostics;

namespace FastCache.Diagnostics;

/// <summary>A load in progress. Ended once, through the <see cref="LoadTelemetry"/> that started it.</summary>
/// <param name="Kind">Why it was started.</param>
/// <param name="StartedAt">A timestamp of the cache's time provider; null if nobody wants to know how long it takes.</param>
/// <param name="Activity">Its span; null if nobody listens.</param>
internal readonly record struct LoadScope(LoadKind Kind, long? StartedAt, Activity? Activity);
