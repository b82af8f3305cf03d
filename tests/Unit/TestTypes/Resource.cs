namespace FastCache.Tests.Unit.TestTypes;

/// <summary>Something that must be disposed, once, and not while it is in use.</summary>
internal sealed class Resource(int number = 0) : IDisposable
{
    private int _disposals;

    public int Number => number;

    public int Disposals => Volatile.Read(ref _disposals);

    /// <summary>Called when it is disposed.</summary>
    public Action? OnDispose { get; init; }

    public bool IsDisposed => Disposals > 0;

    public void Dispose()
    {
        Interlocked.Increment(ref _disposals);
        OnDispose?.Invoke();
    }
}
