using FastCache.Bench.Timing;

namespace FastCache.Bench.Facades;

/// <summary>A contestant entered for one cell.</summary>
internal abstract class FacadeEntrant : IDisposable
{
    public abstract string Name { get; }

    public List<FacadeTurn> Turns { get; } = [];

    /// <summary>Of keys that are added to a full cache, the share that can be read right after; NaN where none are.</summary>
    public double KeptShare { get; protected set; } = double.NaN;

    public abstract int? Count { get; }

    /// <summary>Puts the cell's entries into the cache.</summary>
    public abstract void Fill();

    public abstract FacadeTurn Run(WorkerTeam team, ReadOnlyMemory<string>[] keys);

    /// <summary>Adds keys, reading each right after. Outside the clock.</summary>
    public abstract void Probe(ReadOnlySpan<string> keys);

    /// <summary>What shows that the work was not done, or null.</summary>
    public abstract string? FindFlaw();

    public abstract void Dispose();
}
