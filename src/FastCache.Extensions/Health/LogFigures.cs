using FastCache.Persistence;

namespace FastCache.Extensions.Health;

/// <summary>What there is to know of a log at a moment.</summary>
/// <param name="Directory">Where it is.</param>
/// <param name="MaxSize">The most bytes that it may take.</param>
/// <param name="Statistics">What it has counted.</param>
/// <param name="RestoreFault">Why what was in it could not be brought back; null if it could, or is being brought back.</param>
internal sealed record LogFigures(string Directory, long MaxSize, CacheLogStatistics Statistics, Exception? RestoreFault = null);
