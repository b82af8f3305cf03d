using FastCache.Bench.Contestants;
using FastCache.Bench.Reporting;
using FastCache.Bench.Timing;
using FastCache.Bench.Workloads;

namespace FastCache.Bench.Latency;

/// <summary>Measures single operations while entries are evicted; the contestants take turns in one process.</summary>
internal sealed class LatencyRun(Report report, LatencySettings settings)
{
    private const long KeySeed = 43;

    private static readonly TimeSpan WarmUpTime = TimeSpan.FromMilliseconds(600);

    public int Steps => settings.Rounds + 1;

    public void Execute()
    {
        report.Progress.Step($"latency{(settings.Rate is null ? "" : ", paced")}: warming up");
        LatencyReport results = new(report, settings);
        results.WriteHeading(LatencyLoop.MeasureTimer());

        long[] keys = KeySequence.Zipf(settings.Entries, (long)settings.Entries * LatencySettings.KeyRange, KeySeed);
        CacheShape shape = new(settings.Entries) { Shards = settings.Shards, Policy = settings.Policy };
        LatencyEntrant[] entrants =
        [
            new LatencyEntrant<FastCacheContestant<Plain>>(settings, shape, keys),
            new LatencyEntrant<FifoDictionaryContestant>(settings, shape, keys),
            new LatencyEntrant<MemoryCacheContestant>(settings, shape, keys),
        ];
        using WorkerTeam team = new(settings.Threads);
        try
        {
            foreach (LatencyEntrant entrant in entrants)
            {
                entrant.Fill();
                entrant.WarmUp(team, WarmUpTime);
            }

            GC.Collect();
            TakeTurns(team, entrants);
            results.Add(entrants);
        }
        finally
        {
            foreach (LatencyEntrant entrant in entrants)
            {
                entrant.Dispose();
            }
        }
    }

    private void TakeTurns(WorkerTeam team, LatencyEntrant[] entrants)
    {
        for (int round = 0; round < settings.Rounds; round++)
        {
            report.Progress.Step($"latency: round {round + 1} of {settings.Rounds}");
            foreach (LatencyEntrant entrant in TurnOrder.Of(entrants, round))
            {
                Quiet.Await();
                entrant.TakeTurn(team, settings.TurnTime);
            }
        }
    }
}
