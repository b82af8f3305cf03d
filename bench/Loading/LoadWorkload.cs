namespace FastCache.Bench.Loading;

/// <summary>What callers want of values that are or are not there. The first of its cases is what the others are compared with.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Cases">The contestants.</param>
internal sealed record LoadWorkload(string Name, IReadOnlyList<LoadCase> Cases);
