using BenchmarkDotNet.Attributes;
using FastCache.Bench.Log;
using FastCache.Persistence;

namespace FastCache.Bench.Bdn;

/// <summary>
/// Set of keys that are all present, in a cache with a log beside one without: what the writer pays, once the log is as far behind as it
/// may be. A record a Set; synced every 100 ms; blocks compressed or as they are.
/// </summary>
[MemoryDiagnoser]
public class LogAppendBenchmarks : LogBenchmarks
{
    private const int Keys = 1 << 14;
    private const int Stride = 7;

    private LogRecords _records = null!;
    private CacheLog<Guid, byte[]>? _log;
    private int _sets;

    private Cache<Guid, byte[]> Cache { get; set; } = null!;

    [GlobalSetup(Target = nameof(NoLog))]
    public void OpenCache() => Fill(new Cache<Guid, byte[]>(LoggedCache.CacheOptions(2 * Keys)));

    [GlobalSetup(Target = nameof(LogOfRawBlocks))]
    public void OpenRawLog() => OpenLog(LoggedCache.Codecs[0]);

    [GlobalSetup(Target = nameof(LogOfLz4Blocks))]
    public void OpenLz4Log() => OpenLog(LoggedCache.Codecs[1]);

    public override void Release()
    {
        try
        {
            VerifyAll();
        }
        finally
        {
            if (_log is not null)
            {
                LoggedCache.Close(_log);
            }

            Cache.Dispose();
            base.Release();
        }
    }

    [Benchmark(Baseline = true)]
    public void NoLog() => SetNext();

    [Benchmark]
    public void LogOfRawBlocks() => SetNext();

    [Benchmark]
    public void LogOfLz4Blocks() => SetNext();

    private void VerifyAll()
    {
        Verify.That(Cache.Count == Keys, "Not every key is there.");
        if (_log is not null)
        {
            _log.FlushAsync().AsTask().GetAwaiter().GetResult();

            // Compaction goes on after the flush: how many of the records are copies cannot be told.
            CacheLogStatistics statistics = _log.Statistics;
            Verify.That(statistics is { IsDegraded: false, Dropped: 0, TooLarge: 0 }, "The log has failed, or has left something out.");
            Verify.That(statistics.Records >= _sets, "The log has not taken every record.");
        }
    }

    private void OpenLog(IBlockCodec codec)
    {
        _log = LoggedCache.Open(Directories.Next(), codec, 2 * Keys);
        Fill(_log.Cache);
    }

    private void Fill(Cache<Guid, byte[]> cache)
    {
        Cache = cache;
        _records = new LogRecords(Keys, ValueSize);
        for (int number = 0; number < Keys; number++)
        {
            SetNext();
        }
    }

    private void SetNext()
    {
        int number = _sets++;
        Cache.Set(_records.Key(number * Stride), _records.Value(number));
    }
}
