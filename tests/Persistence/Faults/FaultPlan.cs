using FastCache.Persistence.Storage;

namespace FastCache.Tests.Persistence.Faults;

/// <summary>Which operations of a storage fail.</summary>
/// <param name="Seed">Of what is done meanwhile.</param>
/// <param name="From">The first one.</param>
/// <param name="Count">How many.</param>
/// <param name="Error">How.</param>
internal readonly record struct FaultPlan(int Seed, int From, int Count, StorageError Error)
{
    public bool Covers(int boundary) => boundary >= From && boundary - From < Count;
}
