using FastCache.Bench.Contestants;
using FastCache.Bench.Reporting;

namespace FastCache.Bench.HitRate;

/// <summary>Replays every trace at every capacity through FastCache, exact LRU, MemoryCache and Belady's optimum.</summary>
internal sealed class HitRateRun(Report report, HitRateSettings settings)
{
    private readonly TextTable _table = new(
        report,
        new Column("workload", 16, IsText: true),
        new Column("requests", 9),
        new Column("distinct", 9),
        new Column("capacity", 9),
        new Column("FastCache", 10),
        new Column("exact LRU", 10),
        new Column("MemoryCache", 11),
        new Column("optimum", 10),
        new Column("of optimum", 10));

    public int Steps => settings.Traces.Count + (settings.Workloads.Count * settings.Capacities.Count);

    /// <returns>Whether at least one trace could be replayed.</returns>
    public bool Execute()
    {
        report.Heading("Hit rate");
        report.Line($"Read-through replay. FastCache: policy {settings.Policy}, {ShardsText()}, hash seed {settings.Seed}.");
        report.Line();
        _table.WriteHeader();

        bool any = settings.Workloads.Count > 0;
        foreach (string path in settings.Traces)
        {
            report.Progress.Step($"hit rate: {path}");
            any |= ReplayFile(path);
        }

        foreach (int capacity in settings.Capacities)
        {
            foreach (GeneratedWorkload workload in settings.Workloads)
            {
                report.Progress.Step($"hit rate: {TraceGenerator.NameOf(workload)}, capacity {capacity}");
                int requests = settings.Limit ?? HitRateSettings.GeneratedRequests;
                ReplayAt(TraceGenerator.Generate(workload, capacity, requests, settings.Seed), capacity);
            }
        }

        return any;
    }

    private bool ReplayFile(string path)
    {
        if (TraceFile.TryRead(report, path, settings.Limit ?? int.MaxValue) is not { } trace)
        {
            return false;
        }

        foreach (int capacity in settings.Capacities)
        {
            ReplayAt(trace, capacity);
        }

        return true;
    }

    private void ReplayAt(Trace trace, int capacity)
    {
        CacheShape shape = new(capacity) { Shards = settings.Shards, Policy = settings.Policy, HashSeed = settings.Seed };
        Replay.Outcome fastCache = Replay.Run<FastCacheContestant<Plain>>(trace, shape);
        Replay.Outcome memoryCache = Replay.Run<MemoryCacheContestant>(trace, shape);
        long lru = ExactLru.CountHits(trace, capacity);
        long optimum = BeladyOptimum.CountHits(trace, capacity);
        string? flaw = fastCache.Flaw ?? (fastCache.Hits > optimum ? "more hits than are possible" : null);

        Add(trace, capacity, fastCache with { Flaw = flaw });
        Add(trace, capacity, new Replay.Outcome("LRU", lru, null, null));
        Add(trace, capacity, memoryCache);
        Add(trace, capacity, new Replay.Outcome("optimum", optimum, null, null));

        double requests = trace.Requests.Length;
        _table.Row(
            trace.Name,
            Format.Fixed(requests, 0),
            Format.Fixed(trace.DistinctKeys, 0),
            Format.Fixed(capacity, 0),
            flaw is null ? Format.Share(fastCache.Hits / requests) : "INVALID",
            Format.Share(lru / requests),
            Format.Share(memoryCache.Hits / requests),
            Format.Share(optimum / requests),
            flaw is null ? Format.Share(fastCache.Hits / (double)optimum) : flaw);
    }

    private void Add(Trace trace, int capacity, Replay.Outcome outcome) => report.Add(new Measurement
    {
        { "verb", "hitrate" },
        { "workload", trace.Name },
        { "contestant", outcome.Name },
        { "capacity", capacity },
        { "shards", outcome.Shards },
        { "policy", settings.Policy.ToString().ToLowerInvariant() },
        { "seed", settings.Seed },
        { "requests", trace.Requests.Length },
        { "distinct", trace.DistinctKeys },
        { "metric", "hit_rate" },
        { "value", outcome.Hits / (double)trace.Requests.Length },
        { "unit", "share" },
        { "valid", outcome.Flaw is null },
    });

    private string ShardsText() => settings.Shards switch
    {
        null => "its own choice of shards",
        1 => "1 shard",
        { } shards => $"{shards} shards",
    };
}
