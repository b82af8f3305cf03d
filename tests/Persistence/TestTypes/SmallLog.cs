using System.Collections.Concurrent;
using FastCache.Persistence;
using FastCache.Persistence.Storage;
using FastCache.Persistence.Writing;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Persistence.TestTypes;

/// <summary>A log of small segments on a simulated storage, driven on the calling thread: it runs the same way every time.</summary>
/// <remarks>Set what is to be different, then <see cref="Open"/>; <see cref="Restart"/> opens what it has left with the same options.</remarks>
internal sealed class SmallLog : IDisposable
{
    private ulong _random;

    public const int BlockSize = 256;
    public const int SegmentSize = 2048;

    public SimulatedStorage Storage { get; init; } = new();

    public ManualTimeProvider Time { get; init; } = new();

    public Action<CacheOptions<int, string>> ConfigureCache { get; init; } = static _ => { };

    public Action<CacheLogOptions<int, string>> Configure { get; init; } = static _ => { };

    public Func<LogWriter, IWriterDriver> CreateDriver { get; init; } = static writer => new InlineDriver(writer);

    public bool HasThreads { get; init; }

    public CacheLog<int, string> Log { get; private set; } = null!;

    public Cache<int, string> Cache => Log.Cache;

    /// <summary>What was restored; waits for it where there are threads.</summary>
    public RecoveryReport Report => Log.Restored.GetAwaiter().GetResult();

    /// <summary>The log's writer; null where it has threads of its own.</summary>
    public LogWriter? Writer { get; private set; }

    /// <summary>What the listener was told, by the thread pool: maybe not all of it yet.</summary>
    public ConcurrentQueue<CacheLogEventKind> Events { get; } = [];

    public SmallLog Open()
    {
        var cacheOptions = new CacheOptions<int, string> { Capacity = 64, ShardCount = 1, HashSeed = 1, TimeProvider = Time, PreciseExpiry = true };
        ConfigureCache(cacheOptions);
        var options = new CacheLogOptions<int, string>
        {
            Directory = "simulated",
            AllowsTinySizes = true,
            BlockSize = BlockSize,
            SegmentSize = SegmentSize,
            MaxLogSize = 16 * SegmentSize,
            MaxStagedBytes = 4 * BlockSize,
            OpenStorage = _ => Storage,
            CreateDriver = HasThreads ? null : Drive,
            NextRandom = () => _random += 0x9E37_79B9_7F4A_7C15,
            Listener = news => Events.Enqueue(news.Kind),
        };
        Configure(options);
        ValueTask<CacheLog<int, string>> opening = CacheLog.OpenAsync(cacheOptions, options);
        Log = opening.AsTask().GetAwaiter().GetResult();
        return this;
    }

    /// <summary>The log that the next process opens with the same options, some of them changed.</summary>
    public SmallLog Restart(SimulatedStorage left, Action<CacheOptions<int, string>>? alsoCache = null, Action<CacheLogOptions<int, string>>? also = null)
        => new SmallLog
        {
            Storage = left,
            Time = TimeFrom(Time),
            ConfigureCache = ConfigureCache + alsoCache,
            Configure = Configure + also,
            CreateDriver = CreateDriver,
        }.Open();

    /// <summary>What is in the cache after a restart from what is left at this moment.</summary>
    public Dictionary<int, string> ContentsAfter(CrashPolicy policy, int seed = 0) => ContentsOf(Storage.Snapshot().Crash(policy, seed));

    /// <summary>The same from what was left at another.</summary>
    public Dictionary<int, string> ContentsOf(SimulatedStorage left)
    {
        using SmallLog restarted = Restart(left);
        return restarted.Cache.ToDictionary(static entry => entry.Key, static entry => entry.Value);
    }

    /// <summary>Stops in order.</summary>
    public void Stop() => Log.DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>A write that is acknowledged; whether it was.</summary>
    public bool TrySetAcknowledged(int key, string value) => TryAwait(Log.SetAsync(key, value).AsTask());

    /// <inheritdoc cref="TrySetAcknowledged"/>
    public bool TryRemoveAcknowledged(int key) => TryAwait(Log.TryRemoveAsync(key).AsTask());

    /// <summary>Whether everything so far is durable.</summary>
    public bool TryFlush() => TryAwait(Log.FlushAsync().AsTask());

    /// <summary>The names of the segments.</summary>
    public string[] Segments()
    {
        Storage.List(out IReadOnlyList<string> names);
        return [.. names.Where(static name => name.EndsWith(".seg", StringComparison.Ordinal))];
    }

    public void Dispose()
    {
        Storage.AtBoundary = null;
        Cache.Dispose();
        Storage.Dispose();
    }

    private static ManualTimeProvider TimeFrom(ManualTimeProvider other)
    {
        var time = new ManualTimeProvider();
        time.MoveTo(other.GetUtcNow());
        return time;
    }

    private static bool TryAwait(Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
            return true;
        }
        catch (CacheLogException)
        {
            return false;
        }
    }

    private IWriterDriver Drive(LogWriter writer)
    {
        Writer = writer;
        return CreateDriver(writer);
    }
}
