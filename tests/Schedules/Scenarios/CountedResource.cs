using FastCache.Threading;

namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>Counts how often it was disposed.</summary>
internal sealed class CountedResource : IDisposable
{
    private int _disposals;

    public int Disposals => SharedMemory.ReadAcquire(ref _disposals);

    public void Dispose() => SharedMemory.Increment(ref _disposals);
}
