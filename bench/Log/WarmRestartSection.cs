using FastCache.Bench.HitRate;
using FastCache.Bench.Reporting;
using FastCache.Persistence;

namespace FastCache.Bench.Log;

/// <summary>How warm a cache is behind a restart in the middle of a trace: its hit rate beside that of one that was never stopped.</summary>
internal sealed class WarmRestartSection(Report report, LogDirectories directories, Trace trace, int capacity)
{
    private static readonly int[] Spans = [1_000, 10_000, 100_000];

    /// <returns>Whether what was to be restored was restored.</returns>
    public bool Execute()
    {
        report.Progress.Step("log: warm restart");
        report.Line();
        report.Line($"warm restart: {trace.Name}, {Format.Count(trace.Requests.Length)} requests, capacity {capacity}, read through. At the middle the process ends and");
        report.Line("another goes on. Hit rates of the next requests, in percent. Stopped: in order; killed: by force, after a flush.");
        report.Line();
        int middle = trace.Requests.Length / 2;
        TextTable table = new(
            report,
            [new Column("restart", 14, IsText: true), new Column("restored", 9), .. Spans.Select(static span => new Column($"next {Format.Count(span)}", 13))]);
        table.WriteHeader();
        int after = Math.Min(Spans[^1], trace.Requests.Length - middle);

        bool isValid = true;
        foreach (EvictionPolicy policy in new[] { EvictionPolicy.Frecency, EvictionPolicy.Lru })
        {
            string name = policy == EvictionPolicy.Frecency ? "" : $" ({policy.ToString().ToUpperInvariant()})";
            using Cache<int, object> uninterrupted = new(Options<object>(policy));
            Replay(uninterrupted, 0, middle, this);
            Show(table, $"none{name}", restored: null, Replay(uninterrupted, middle, after, this));
            isValid &= Restarted(table, $"stopped{name}", policy, isStopped: true, middle, after);
            isValid &= Restarted(table, $"killed{name}", policy, isStopped: false, middle, after);
            using Cache<int, object> cold = new(Options<object>(policy));
            Show(table, $"cold{name}", restored: 0, Replay(cold, middle, after, this));
        }

        return isValid;
    }

    private bool Restarted(TextTable table, string name, EvictionPolicy policy, bool isStopped, int middle, int after)
    {
        string directory = directories.Next();
        CacheLog<int, int> before = Open(directory, policy);
        Replay(before.Cache, 0, middle, 1);
        long count = before.Cache.Count;
        before.FlushAsync().AsTask().GetAwaiter().GetResult();
        string left = directory;
        if (isStopped)
        {
            before.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        else
        {
            // What another process would find now.
            left = directories.Next();
            Directory.CreateDirectory(left);
            foreach (string file in Directory.EnumerateFiles(directory, "*.seg"))
            {
                File.Copy(file, Path.Combine(left, Path.GetFileName(file)));
            }

            before.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        CacheLog<int, int> log = Open(left, policy);
        RecoveryReport recovery = log.Restored.GetAwaiter().GetResult();
        Show(table, name, recovery.Restored, Replay(log.Cache, middle, after, 1));
        log.DisposeAsync().AsTask().GetAwaiter().GetResult();
        LogDirectories.Delete(directory);
        return recovery.Missing == 0 && recovery.Restored > count * 9 / 10;
    }

    /// <summary>Read through; which of the requests were hits.</summary>
    private bool[] Replay<TValue>(Cache<int, TValue> cache, int begin, int count, TValue value)
    {
        bool[] hits = new bool[count];
        for (int index = 0; index < count; index++)
        {
            int key = trace.Requests[begin + index];
            hits[index] = cache.TryGet(key, out _);
            if (!hits[index])
            {
                cache.Set(key, value);
            }
        }

        return hits;
    }

    private void Show(TextTable table, string name, long? restored, bool[] hits)
    {
        double[] rates = [.. Spans.Select(span => 100.0 * hits.Take(span).Count(static hit => hit) / Math.Min(span, hits.Length))];
        table.Row([name, restored is { } count ? Format.Count(count) : "-", .. rates.Select(static rate => Format.Fixed(rate, 2))]);
        report.Add(new Measurement
        {
            { "verb", "log" },
            { "workload", $"warm_restart_{trace.Name}" },
            { "contestant", name },
            { "metric", "hit_rate_next_10000" },
            { "value", rates[1] },
            { "unit", "percent" },
            { "capacity", capacity },
            { "restored", restored ?? 0 },
        });
    }

    private CacheOptions<int, TValue> Options<TValue>(EvictionPolicy policy)
        => new() { Capacity = capacity, HashSeed = 1, Eviction = policy };

    private CacheLog<int, int> Open(string directory, EvictionPolicy policy)
        => CacheLog.OpenAsync(
            Options<int>(policy),
            new CacheLogOptions<int, int> { Directory = directory, SegmentSize = 1 << 20 }).AsTask().GetAwaiter().GetResult();
}
