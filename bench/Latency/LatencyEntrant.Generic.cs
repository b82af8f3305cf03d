using System.Diagnostics;
using FastCache.Bench.Contestants;
using FastCache.Bench.Timing;
using FastCache.Bench.Workloads;

namespace FastCache.Bench.Latency;

/// <inheritdoc cref="LatencyEntrant"/>
internal sealed class LatencyEntrant<TContestant>(LatencySettings settings, CacheShape shape, long[] keys) : LatencyEntrant
    where TContestant : struct, IContestant<TContestant>
{
    private readonly TContestant _cache = TContestant.Create(shape);
    private readonly object _value = new();

    private readonly KeyCursor[] _cursors = [.. Enumerable.Range(0, settings.Threads).Select(thread =>
        new KeyCursor(keys.Length, neverRepeats: false, thread, settings.Threads))];

    private readonly LatencyHistogram[] _histograms = [.. Enumerable.Range(0, settings.Threads).Select(_ => new LatencyHistogram())];
    private readonly long[] _hits = new long[settings.Threads];

    public override string Name => TContestant.Name;

    public override int? Shards => _cache.Shards;

    public override void Fill()
    {
        for (int id = 1; id <= settings.Entries; id++)
        {
            _cache.Set(SplitMix64.Scramble(id), _value);
        }
    }

    public override void WarmUp(WorkerTeam team, TimeSpan duration) => Run(team, duration);

    public override void TakeTurn(WorkerTeam team, TimeSpan duration)
    {
        int gen0 = GC.CollectionCount(0);
        int gen1 = GC.CollectionCount(1);
        int gen2 = GC.CollectionCount(2);
        TimeSpan paused = GC.GetTotalPauseDuration();
        TeamTime time = Run(team, duration);
        LatencyHistogram merged = new();
        foreach (LatencyHistogram histogram in _histograms)
        {
            merged.Add(histogram);
        }

        Total.Add(merged);
        Turns.Add(new LatencyTurn(
            merged.Quantile(0.99),
            merged.Quantile(0.999),
            merged.Count,
            time.Wall,
            GC.CollectionCount(0) - gen0,
            GC.CollectionCount(1) - gen1,
            GC.CollectionCount(2) - gen2,
            GC.GetTotalPauseDuration() - paused));
    }

    public override string? FindFlaw()
    {
        const double Slack = 0.03;
        double resident = _cache.Count / (double)settings.Entries;
        if (TContestant.IsStrictlyBounded && resident is < 1 - Slack or > 1 + Slack)
        {
            return $"holds {_cache.Count} entries";
        }

        return _hits.All(static hits => hits > 0) && _hits.Sum() < _histograms.Sum(static histogram => histogram.Count) * 0.75
            ? null
            : "it hits always or never";
    }

    public override void Dispose() => _cache.Dispose();

    private TeamTime Run(WorkerTeam team, TimeSpan duration)
    {
        foreach (LatencyHistogram histogram in _histograms)
        {
            histogram.Clear();
        }

        return team.Run(thread => RunUntil(thread, Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency)));
    }

    private void RunUntil(int thread, long deadline)
    {
        KeyCursor cursor = _cursors[thread];
        long hits = 0;
        while (Stopwatch.GetTimestamp() < deadline)
        {
            cursor.MoveToNextSlice();
            hits += LatencyLoop.Run(_cache, keys.AsSpan(cursor.SliceStart, KeyCursor.SliceLength), _value, _histograms[thread]);
        }

        _cursors[thread] = cursor;
        _hits[thread] = hits;
    }
}
