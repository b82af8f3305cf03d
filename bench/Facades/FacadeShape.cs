namespace FastCache.Bench.Facades;

/// <summary>What a contestant is asked to be.</summary>
/// <param name="Capacity">The most entries that it may hold.</param>
/// <param name="Factory">Makes the values that are read through it.</param>
internal sealed record FacadeShape(int Capacity, FacadeFactory Factory);
