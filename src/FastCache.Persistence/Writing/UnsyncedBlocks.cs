namespace FastCache.Persistence.Writing;

/// <summary>Blocks that were written and are not known to be durable: should their file fail, they are written to another.</summary>
/// <remarks>
/// Bounded: of more than that the oldest are let go, and then a failure loses something. Thread-safe, since one thread adds what it writes while
/// another one syncs.
/// </remarks>
internal sealed class UnsyncedBlocks(long bound, Action<StagedBlock> recycle)
{
    private readonly Lock _gate = new();
    private readonly Queue<StagedBlock> _blocks = new();
    private ulong _lostThrough;
    private long _length;

    /// <summary>Whether it is time for a sync.</summary>
    public bool IsHalfFull => bound > 0 && Volatile.Read(ref _length) > bound / 2;

    public void Add(StagedBlock block)
    {
        lock (_gate)
        {
            _blocks.Enqueue(block);
            Volatile.Write(ref _length, _length + block.Length);
        }
    }

    /// <summary>Lets go of more than the bound. What is let go must have been written.</summary>
    public void Trim()
    {
        lock (_gate)
        {
            while (_length > bound)
            {
                _lostThrough = _blocks.Peek().LastSequence;
                LetGo();
            }
        }
    }

    /// <summary>Everything up to a sequence is durable.</summary>
    public void Release(ulong durable)
    {
        lock (_gate)
        {
            while (_blocks.TryPeek(out StagedBlock? oldest) && oldest.LastSequence <= durable)
            {
                LetGo();
            }
        }
    }

    /// <summary>All that is not durable, in order; null if some of it was let go. They stay here.</summary>
    public StagedBlock[]? Since(ulong durable)
    {
        lock (_gate)
        {
            return _lostThrough > durable ? null : [.. _blocks];
        }
    }

    private void LetGo()
    {
        StagedBlock block = _blocks.Dequeue();
        Volatile.Write(ref _length, _length - block.Length);
        recycle(block);
    }
}
