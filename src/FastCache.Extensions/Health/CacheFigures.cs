using FastCache.Extensions.Registration;

namespace FastCache.Extensions.Health;

/// <summary>What there is to know of a cache at a moment.</summary>
/// <param name="Source">The cache: what two figures of one cache have in common.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Statistics">What it has counted.</param>
/// <param name="Log">The same of the log under it; null if there is none.</param>
internal sealed record CacheFigures(object Source, CacheLabel Label, CacheStatistics Statistics, LogFigures? Log = null);
