using FastCache.Bench.Contestants;
using FastCache.Bench.Reporting;
using FastCache.Bench.Timing;

namespace FastCache.Bench.Throughput;

/// <summary>
/// Measures cells. Within a cell the contestants take turns in one process, each round starting with another one, so
/// that whatever the machine does meanwhile falls on all of them.
/// </summary>
internal sealed class ThroughputRun(Report report, IReadOnlyList<ThroughputCell> cells, ThroughputSettings settings)
{
    private readonly ThroughputReport _results = new(report, settings);

    public int Steps => cells.Count;

    public void Execute()
    {
        _results.WriteHeading();
        foreach (ThroughputCell cell in cells)
        {
            report.Progress.Step($"throughput: {cell.Name} {Format.Count(cell.Entries)}, {Format.Threads(cell.Threads)}");
            Measure(cell);
        }
    }

    private void Measure(ThroughputCell cell)
    {
        long[] keys = cell.DrawKeys();
        CacheShape shape = new(cell.Capacity) { Shards = settings.Shards, Policy = settings.Policy };
        Entrant[] entrants = Enter(cell, shape, keys);
        using WorkerTeam team = new(cell.Threads);
        try
        {
            foreach (Entrant entrant in entrants)
            {
                entrant.Fill(cell.Entries);
            }

            // What was made so far moves to the oldest generation before the clock starts, not under it.
            GC.Collect();
            GC.Collect();
            foreach (Entrant entrant in entrants)
            {
                entrant.WarmUp(team, cell, settings);
            }

            TakeTurns(team, entrants);
            _results.Add(cell, entrants);
        }
        finally
        {
            foreach (Entrant entrant in entrants)
            {
                entrant.Dispose();
            }
        }
    }

    private void TakeTurns(WorkerTeam team, Entrant[] entrants)
    {
        for (int round = 0; round < settings.Rounds; round++)
        {
            foreach (Entrant entrant in TurnOrder.Of(entrants, round))
            {
                Quiet.Await();
                entrant.Turns.Add(entrant.Run(team, entrant.Slices));
            }
        }
    }

    private static Entrant[] Enter(ThroughputCell cell, CacheShape shape, long[] keys) => cell.Workload switch
    {
        ThroughputWorkload.Read => EnterUnbounded<ReadLoop>(cell, shape, keys),
        ThroughputWorkload.Update => EnterUnbounded<SetLoop>(cell, shape, keys),
        ThroughputWorkload.Insert => EnterBounded<SetLoop>(cell, shape, keys),
        ThroughputWorkload.ReadThrough => EnterBounded<ReadThroughLoop>(cell, shape, keys),
        ThroughputWorkload.Mixed => EnterBounded<MixedLoop>(cell, shape, keys),
        _ => throw new ArgumentOutOfRangeException(nameof(cell), cell, null),
    };

    private static Entrant[] EnterUnbounded<TLoop>(ThroughputCell cell, CacheShape shape, long[] keys)
        where TLoop : struct, IOperationLoop => cell.ComparesVariants ? EnterVariants<TLoop>(cell, shape, keys) :
    [
        new Entrant<FastCacheContestant<Plain>, TLoop>(cell, shape, keys),
        new Entrant<DictionaryContestant, TLoop>(cell, shape, keys),
        new Entrant<MemoryCacheContestant, TLoop>(cell, shape, keys),
        new Entrant<EmptyContestant, TLoop>(cell, shape, keys),
    ];

    private static Entrant[] EnterBounded<TLoop>(ThroughputCell cell, CacheShape shape, long[] keys)
        where TLoop : struct, IOperationLoop => cell.ComparesVariants ? EnterVariants<TLoop>(cell, shape, keys) :
    [
        new Entrant<FastCacheContestant<Plain>, TLoop>(cell, shape, keys),
        new Entrant<FifoDictionaryContestant, TLoop>(cell, shape, keys),
        new Entrant<MemoryCacheContestant, TLoop>(cell, shape, keys),
        new Entrant<EmptyContestant, TLoop>(cell, shape, keys),
    ];

    private static Entrant[] EnterVariants<TLoop>(ThroughputCell cell, CacheShape shape, long[] keys)
        where TLoop : struct, IOperationLoop =>
    [
        new Entrant<FastCacheContestant<Plain>, TLoop>(cell, shape, keys),
        new Entrant<FastCacheContestant<Expiring>, TLoop>(cell, shape, keys),
        new Entrant<FastCacheContestant<PreciselyExpiring>, TLoop>(cell, shape, keys),
        new Entrant<FastCacheContestant<Sliding>, TLoop>(cell, shape, keys),
        new Entrant<FastCacheContestant<Weighing>, TLoop>(cell, shape, keys),
        new Entrant<EmptyContestant, TLoop>(cell, shape, keys),
    ];
}
