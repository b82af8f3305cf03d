using System.Diagnostics;
using FastCache.Bench.Reporting;
using FastCache.Bench.Timing;

namespace FastCache.Bench.Facades;

/// <summary>What the platform's interfaces cost with FastCache behind them, with the platform's own caches, and without an interface.</summary>
internal sealed class FacadesRun(Report report, IReadOnlyList<FacadeCell> cells, FacadeSettings settings)
{
    private readonly FacadesReport _results = new(report, settings);

    public int Steps => cells.Count;

    /// <returns>Whether every contestant did what it was asked.</returns>
    public bool Execute()
    {
        _results.WriteHeading();
        bool isValid = true;
        foreach (FacadeCell cell in cells)
        {
            report.Progress.Step($"facades: {cell.Name} {Format.Count(cell.Entries)}, {Format.Threads(cell.Threads)}");
            isValid &= Measure(cell);
        }

        return isValid;
    }

    private bool Measure(FacadeCell cell)
    {
        FacadeEntrant[] entrants = FacadeEntrants.Of(cell);
        int operations = settings.OperationsOf(cell);
        FacadeKeys keys = cell.CreateKeys(operations);
        using WorkerTeam team = new(cell.Threads);
        try
        {
            Array.ForEach(entrants, static entrant => entrant.Fill());
            WarmUp(team, cell, entrants, keys, operations);
            if (cell.Workload == FacadeWorkload.Insert)
            {
                // As many as in a turn: a large cache that has made room beforehand keeps the first of them.
                ReadOnlyMemory<string> probes = keys.Next(1, operations)[0];
                Array.ForEach(entrants, entrant => entrant.Probe(probes.Span));
                Quiet.Await();
            }

            GC.Collect();
            GC.Collect();
            for (int round = 0; round < settings.Rounds; round++)
            {
                ReadOnlyMemory<string>[] batch = keys.Next(cell.Threads, operations);
                foreach (FacadeEntrant entrant in TurnOrder.Of(entrants, round))
                {
                    Quiet.Await();
                    entrant.Turns.Add(entrant.Run(team, batch));
                }
            }

            return _results.Add(cell, entrants);
        }
        finally
        {
            Array.ForEach(entrants, static entrant => entrant.Dispose());
        }
    }

    /// <summary>Until the code is optimised and the contents are typical.</summary>
    private void WarmUp(WorkerTeam team, FacadeCell cell, FacadeEntrant[] entrants, FacadeKeys keys, int operations)
    {
        // Turning the contents over leaves nothing of the fill that the policy would not keep.
        const int Turnovers = 4;
        long leastOperations = cell.Evicts ? (long)Turnovers * cell.Entries : 0;
        TimeSpan leastTime = settings.WarmUpTime * entrants.Length;
        long start = Stopwatch.GetTimestamp();
        for (long done = 0; done < leastOperations || Stopwatch.GetElapsedTime(start) < leastTime; done += (long)operations * cell.Threads)
        {
            ReadOnlyMemory<string>[] batch = keys.Next(cell.Threads, operations);
            Array.ForEach(entrants, entrant => entrant.Run(team, batch));
        }
    }
}
