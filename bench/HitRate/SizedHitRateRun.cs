using FastCache.Bench.Reporting;

namespace FastCache.Bench.HitRate;

/// <summary>Replays a trace with sizes through FastCache with a weigher and through exact LRU, with limits in bytes.</summary>
internal sealed class SizedHitRateRun(Report report, HitRateSettings settings, string sizesPath, IReadOnlyList<double> percents)
{
    private readonly TextTable _table = new(
        report,
        new Column("workload", 16, IsText: true),
        new Column("requests", 9),
        new Column("distinct", 9),
        new Column("capacity (B)", 13),
        new Column("contestant", 12, IsText: true),
        new Column("objects", 8),
        new Column("bytes", 8));

    /// <returns>Whether the trace could be replayed.</returns>
    public bool Execute()
    {
        string path = settings.Traces[0];
        report.Heading("Hit rate by objects and by bytes");
        report.Line($"Read-through replay, the weight of an entry is its size. FastCache: policy {settings.Policy}, hash seed {settings.Seed}.");
        report.Line();
        SizedTrace sized;
        try
        {
            sized = SizedTrace.Read(path, sizesPath, settings.Limit ?? int.MaxValue);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            report.Warn($"{path} with {sizesPath}: skipped: {exception.Message}");
            return false;
        }

        if (sized.Sizes.Length == 0)
        {
            report.Warn($"{path}: skipped: it holds no requests");
            return false;
        }

        _table.WriteHeader();
        long all = sized.DistinctBytes;
        IEnumerable<long> capacities = percents.Count > 0
            ? percents.Select(percent => Math.Max(1, (long)(all * percent / 100)))
            : settings.Capacities.Select(static capacity => (long)capacity);
        foreach (long capacity in capacities)
        {
            report.Progress.Step($"hit rate: {path}, {capacity} bytes");
            SizedReplay.Outcome outcome = SizedReplay.Run(sized, capacity, settings);
            Add(sized, capacity, "FastCache", outcome.Shards, outcome.Hits, outcome.Flaw);
            Add(sized, capacity, "exact LRU", null, SizedLru.CountHits(sized, capacity), null);
        }

        return true;
    }

    private void Add(SizedTrace sized, long capacity, string contestant, int? shards, SizedHits hits, string? flaw)
    {
        double objects = hits.Objects / (double)sized.Sizes.Length;
        double bytes = hits.Bytes / (double)sized.Sizes.Sum(static size => (long)size);
        _table.Row(
            sized.Trace.Name,
            Format.Fixed(sized.Sizes.Length, 0),
            Format.Fixed(sized.Trace.DistinctKeys, 0),
            Format.Fixed(capacity, 0),
            contestant,
            Format.Share(objects),
            Format.Share(bytes) + (flaw is null ? "" : $"  INVALID: {flaw}"));
        Add(sized, capacity, contestant, shards, "hit_rate", objects, flaw);
        Add(sized, capacity, contestant, shards, "byte_hit_rate", bytes, flaw);
    }

    private void Add(
        SizedTrace sized, long capacity, string contestant, int? shards, string metric, double value, string? flaw)
        => report.Add(new Measurement
        {
            { "verb", "hitrate" },
            { "workload", sized.Trace.Name },
            { "contestant", contestant },
            { "capacity", capacity },
            { "shards", shards },
            { "policy", settings.Policy.ToString().ToLowerInvariant() },
            { "seed", settings.Seed },
            { "requests", sized.Sizes.Length },
            { "distinct", sized.Trace.DistinctKeys },
            { "metric", metric },
            { "value", value },
            { "unit", "share" },
            { "valid", flaw is null },
        });
}
