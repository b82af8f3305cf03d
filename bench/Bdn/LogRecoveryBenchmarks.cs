using BenchmarkDotNet.Attributes;
using FastCache.Bench.Log;
using FastCache.Persistence;

namespace FastCache.Bench.Bdn;

/// <summary>
/// A restart with a log in the page cache: from the opening until all entries are restored. Beside it what adding as many to a cache
/// takes when they are in memory. Times are of the whole.
/// </summary>
[MemoryDiagnoser]
public class LogRecoveryBenchmarks : LogBenchmarks
{
    private LogRecords _records = null!;
    private IBlockCodec _codec = LoggedCache.Codecs[0];
    private string _template = "";
    private string _directory = "";
    private CacheLog<Guid, byte[]>? _log;

    public static IEnumerable<int> RecordCounts => BdnScale.Choose(small: [1 << 16], full: [1 << 14, 1 << 16]);

    [ParamsSource(nameof(RecordCounts))]
    public int Records { get; set; }

    private Cache<Guid, byte[]>? Cache { get; set; }

    private int Capacity => Records + (Records / 4);

    [GlobalSetup(Target = nameof(SetAll))]
    public void Draw() => _records = new LogRecords(Records, ValueSize);

    [GlobalSetup(Target = nameof(RestoreRawBlocks))]
    public void WriteRawLog() => WriteLog(LoggedCache.Codecs[0]);

    [GlobalSetup(Target = nameof(RestoreLz4Blocks))]
    public void WriteLz4Log() => WriteLog(LoggedCache.Codecs[1]);

    /// <summary>Each restart has a copy of its own: opening a log and closing it leaves traces there.</summary>
    [IterationSetup(Targets = [nameof(RestoreRawBlocks), nameof(RestoreLz4Blocks)])]
    public void CopyLog()
    {
        _directory = Directories.Next();
        Directory.CreateDirectory(_directory);
        foreach (string file in Directory.EnumerateFiles(_template))
        {
            File.Copy(file, Path.Combine(_directory, Path.GetFileName(file)));
        }
    }

    [IterationCleanup(Targets = [nameof(RestoreRawBlocks), nameof(RestoreLz4Blocks)])]
    public void CloseLog()
    {
        long count = _log!.Cache.Count;
        LoggedCache.Close(_log);
        LogDirectories.Delete(_directory);
        Verify.That(count == Records, "Not every entry is there.");
    }

    [IterationCleanup(Target = nameof(SetAll))]
    public void Forget()
    {
        Verify.That(Cache!.Count == Records, "Not every entry is there.");
        Cache.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void SetAll()
    {
        Cache = new Cache<Guid, byte[]>(new CacheOptions<Guid, byte[]> { Capacity = Capacity, HashSeed = 1 });
        for (int number = 0; number < Records; number++)
        {
            Cache.Set(_records.Key(number), [.. _records.Value(number)]);
        }
    }

    [Benchmark]
    public Task RestoreRawBlocks() => RestoreAsync();

    [Benchmark]
    public Task RestoreLz4Blocks() => RestoreAsync();

    private async Task RestoreAsync()
    {
        _log = LoggedCache.Open(_directory, _codec, Capacity, startsSmall: true);
        RecoveryReport recovery = await _log.Restored.ConfigureAwait(false);
        Verify.That(recovery.Restored == Records, "Not every record was restored.");
    }

    private void WriteLog(IBlockCodec codec)
    {
        Draw();
        _codec = codec;
        _template = Directories.Next();
        CacheLog<Guid, byte[]> log = LoggedCache.Open(_template, codec, Capacity);
        for (int number = 0; number < Records; number++)
        {
            log.Cache.Set(_records.Key(number), _records.Value(number));
        }

        LoggedCache.Close(log);
    }
}
