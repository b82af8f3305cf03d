namespace FastCache.Persistence.Writing;

/// <summary>Bounds what waits to be written: whoever has appended while there was too much waits until half of it is gone.</summary>
/// <remarks>
/// Appending itself never waits, since it happens inside a turn; so there may be more than the bound by one record of each thread that
/// appends at the moment. Thread-safe.
/// </remarks>
internal sealed class Room(long bound)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _freed;
    private long _used;
    private bool _isClosed;

    /// <summary>Whether there is too much.</summary>
    public bool IsExhausted => Volatile.Read(ref _used) > bound;

    /// <summary>What waits.</summary>
    public long Used => Volatile.Read(ref _used);

    private bool IsHalfFree => Volatile.Read(ref _used) <= bound / 2;

    public void Take(long bytes) => Interlocked.Add(ref _used, bytes);

    public void Free(long bytes)
    {
        if (Interlocked.Add(ref _used, -bytes) <= bound / 2)
        {
            Release();
        }
    }

    /// <summary>Lets everybody go on from now on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        Release();
    }

    /// <summary>Takes back <see cref="Close"/>.</summary>
    public void Open()
    {
        lock (_gate)
        {
            _isClosed = false;
        }
    }

    /// <summary>Completes when there is room again.</summary>
    public Task WaitAsync()
    {
        lock (_gate)
        {
            if (_isClosed || !IsExhausted)
            {
                return Task.CompletedTask;
            }

            _freed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

            // It may have been freed before there was anybody to tell.
            return IsHalfFree ? Task.CompletedTask : _freed.Task;
        }
    }

    private void Release()
    {
        TaskCompletionSource? freed;
        lock (_gate)
        {
            if (!_isClosed && !IsHalfFree)
            {
                // By now there is more again, and whoever waits for that will be told of it by somebody else.
                return;
            }

            freed = _freed;
            _freed = null;
        }

        freed?.SetResult();
    }
}
