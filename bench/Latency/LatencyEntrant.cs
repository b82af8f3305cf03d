using FastCache.Bench.Timing;

namespace FastCache.Bench.Latency;

/// <summary>A contestant with the latencies of its turns.</summary>
internal abstract class LatencyEntrant : IDisposable
{
    public abstract string Name { get; }

    public abstract int? Shards { get; }

    /// <summary>All turns together.</summary>
    public LatencyHistogram Total { get; } = new();

    public List<LatencyTurn> Turns { get; } = [];

    public abstract void Fill();

    public abstract void WarmUp(WorkerTeam team, TimeSpan duration);

    public abstract void TakeTurn(WorkerTeam team, TimeSpan duration);

    /// <summary>What shows that the work was not done, or null.</summary>
    public abstract string? FindFlaw();

    public abstract void Dispose();
}
