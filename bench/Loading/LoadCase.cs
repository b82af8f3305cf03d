namespace FastCache.Bench.Loading;

/// <summary>One contestant at one kind of load.</summary>
/// <param name="Contestant">Its name in the report.</param>
/// <param name="Operations">How many operations a turn has.</param>
/// <param name="Turn">Does them; returns how many had the right result.</param>
/// <param name="Flaw">What it is known to do in place of that; null if it has to be right.</param>
internal sealed record LoadCase(string Contestant, int Operations, Func<Task<long>> Turn, string? Flaw = null);
