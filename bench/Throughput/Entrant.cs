using FastCache.Bench.Timing;

namespace FastCache.Bench.Throughput;

/// <summary>A contestant entered for one cell: filled, with its own place in the sequence of keys.</summary>
internal abstract class Entrant : IDisposable
{
    public abstract string Name { get; }

    /// <summary>Slices per thread and turn, once calibrated.</summary>
    public int Slices { get; private set; } = 1;

    public List<Turn> Turns { get; } = [];

    public abstract int Count { get; }

    public abstract int? Shards { get; }

    /// <summary>Puts the cell's entries into the cache.</summary>
    public abstract void Fill(int entries);

    /// <summary>Runs every thread of the team over so many slices.</summary>
    public abstract Turn Run(WorkerTeam team, int slices);

    /// <summary>What shows that the work was not done, or null.</summary>
    public abstract string? FindFlaw(ThroughputCell cell);

    public abstract void Dispose();

    /// <summary>Runs until the code is optimised and the contents are typical, then sizes the turns.</summary>
    public void WarmUp(WorkerTeam team, ThroughputCell cell, ThroughputSettings settings)
    {
        // Turning the contents over a few times leaves nothing of the fill that the policy would not keep.
        long leastOperations = cell.Evicts ? 4L * cell.Entries : 0;
        TimeSpan elapsed = TimeSpan.Zero;
        long operations = 0;
        int slices = 1;
        while (true)
        {
            Turn turn = Run(team, slices);
            elapsed += turn.Time.Wall;
            operations += turn.OperationsPerThread * team.Size;
            if (elapsed >= settings.WarmUpTime && operations >= leastOperations)
            {
                Slices = Math.Max(1, (int)Math.Round(slices * (settings.TurnTime / turn.Time.Wall)));
                return;
            }

            if (turn.Time.Wall < settings.TurnTime / 4)
            {
                slices *= 2;
            }
        }
    }
}
