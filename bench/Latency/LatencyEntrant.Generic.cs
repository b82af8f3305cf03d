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
        TeamTime time = Run(team, duration);
        LatencyHistogram merged = new();
        foreach (LatencyHistogram histogram in _histograms)
        {
            merged.Add(histogram);
        }

        Total.Add(merged);
        Turns.Add(new LatencyTurn(merged.Quantile(0.99), merged.Quantile(0.999), merged.Count, time));
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

        long length = (long)(duration.TotalSeconds * Stopwatch.Frequency);
        return team.Run(thread =>
        {
            long deadline = Stopwatch.GetTimestamp() + length;
            if (settings.Rate is { } rate)
            {
                RunUntil(thread, deadline, new OpenPace(Stopwatch.Frequency * settings.Threads / rate));
            }
            else
            {
                RunUntil(thread, deadline, default(AsFastAsItGoes));
            }
        });
    }

    private void RunUntil<TPace>(int thread, long deadline, TPace pace)
        where TPace : struct, IPace
    {
        KeyCursor cursor = _cursors[thread];
        long hits = 0;
        while (Stopwatch.GetTimestamp() < deadline)
        {
            cursor.MoveToNextSlice();
            hits += LatencyLoop.Run(_cache, ref pace, keys.AsSpan(cursor.SliceStart, KeyCursor.SliceLength), _value, _histograms[thread]);
        }

        _cursors[thread] = cursor;
        _hits[thread] = hits;
    }
}
