using FastCache.Persistence;
using FastCache.Persistence.Lz4;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Persistence.Format.Golden;

/// <summary>A storage, a clock and a log on them that is opened, stopped and killed. Everything in it is the same every time.</summary>
internal sealed class GoldenSession(GoldenLog golden, SimulatedStorage storage) : IDisposable
{
    private int _openings;
    private CacheLog<int, string?>? _log;

    public SimulatedStorage Storage { get; private set; } = storage;

    public ManualTimeProvider Time { get; } = new();

    public Cache<int, string?> Cache => _log!.Cache;

    public CacheLog<int, string?> Open()
        => _log = SeededLog.Open<int, string?>(Storage, Time, seed: ++_openings, options =>
        {
            options.Codec = Lz4BlockCodec.Shared;
            options.BlockSize = golden.BlockSize;
            options.SegmentSize = golden.SegmentSize;
            options.MaxStagedBytes = 4 * golden.BlockSize;
        });

    public void Flush() => _log!.FlushAsync().AsTask().GetAwaiter().GetResult();

    public void Stop()
    {
        _log!.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Storage = new SimulatedStorage(Storage.Snapshot());
    }

    /// <summary>What was not flushed is lost.</summary>
    public void Kill()
    {
        Cache.Dispose();
        Storage.Dispose();
        Storage = new SimulatedStorage(Storage.Snapshot());
    }

    public void Dispose() => Storage.Dispose();
}
