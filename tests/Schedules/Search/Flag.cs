using FastCache.Threading;

namespace FastCache.Tests.Schedules.Search;

/// <summary>Tells another thread of a scenario that something has happened, together with everything before it.</summary>
internal sealed class Flag
{
    private int _isSet;

    public bool IsSet => SharedMemory.ReadAcquire(ref _isSet) != 0;

    public void Set() => SharedMemory.WriteRelease(ref _isSet, 1);

    /// <summary>Waits for it.</summary>
    public void Await()
    {
        var wait = new SpinWait();
        while (!IsSet)
        {
            SharedMemory.Wait(ref wait);
        }
    }
}
