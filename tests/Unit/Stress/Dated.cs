namespace FastCache.Tests.Unit.Stress;

/// <summary>A value that knows its key and when it may be gone and must be gone, by the timestamps of the test's clock.</summary>
internal sealed class Dated(int key)
{
    private long _latest = long.MaxValue;

    public int Key { get; } = key;

    /// <summary>Not gone before; known to the thread that writes the key.</summary>
    public long Earliest { get; set; }

    /// <summary>At an end by then; known to all threads, once the write is done.</summary>
    public long Latest
    {
        get => Volatile.Read(ref _latest);
        set => Volatile.Write(ref _latest, value);
    }
}
