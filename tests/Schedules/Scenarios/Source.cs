using FastCache.Threading;
using Xunit;

namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>What a cache is filled from, changed once.</summary>
internal sealed class Source
{
    private int _version;
    private int _running;
    private int _loads;

    /// <summary>How often it was asked.</summary>
    public int Loads => _loads;

    public void Change() => SharedMemory.WriteRelease(ref _version, 1);

    /// <summary>A factory, of which no two may run at a time. It orders nothing by itself: one thread of a schedule runs at a time.</summary>
    public string Load(int key)
    {
        Assert.Equal(1, ++_running);
        _loads++;
        string value = $"version {SharedMemory.ReadAcquire(ref _version)}";
        _running--;
        return value;
    }

    /// <summary>Whatever the cache holds of a key that was written to or removed after the change is what the source holds.</summary>
    public static void AssertNotStale(Cache<int, string> cache, int key = 1)
        => Assert.True(!cache.TryGet(key, out string? value) || value == "version 1", $"kept {value}");
}
