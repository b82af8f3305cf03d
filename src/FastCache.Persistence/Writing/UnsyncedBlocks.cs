namespace FastCache.Persistence.Writing;

/// <summary>Blocks that were written and are not known to be durable: should their file fail, they are written to another.</summary>
/// <remarks>
/// Bounded: of more than that the oldest are let go, and then a failure loses something. Thread-safe, since one thread adds what it writes while
/// another one syncs.
/// </remarks>
internal sealed class UnsyncedBlocks(long bound, Action<StagedBlock> recycle)
{
    private readonly Lock _gate = new();

    // With the last sequence that is written when the block is: a block that is no records speaks of others.
    private readonly Queue<(StagedBlock Block, ulong WrittenThrough)> _blocks = new();
    private ulong _lostThrough;
    private long _length;

    /// <summary>Whether it is time for a sync.</summary>
    public bool IsHalfFull => bound > 0 && Volatile.Read(ref _length) > bound / 2;

    /// <param name="block">The block, which belongs to this from now on: somebody else may sync and recycle it at once.</param>
    /// <param name="writtenThrough">The last sequence in it, or before it if it has none.</param>
    public void Add(StagedBlock block, ulong writtenThrough)
    {
        lock (_gate)
        {
            _blocks.Enqueue((block, writtenThrough));
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
                _lostThrough = _blocks.Peek().WrittenThrough;
                LetGo();
            }
        }
    }

    /// <summary>Everything up to a sequence is durable.</summary>
    public void Release(ulong durable)
    {
        lock (_gate)
        {
            while (_blocks.TryPeek(out (StagedBlock Block, ulong WrittenThrough) oldest) && oldest.WrittenThrough <= durable)
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
            return _lostThrough > durable ? null : [.. _blocks.Select(static entry => entry.Block)];
        }
    }

    private void LetGo()
    {
        (StagedBlock block, _) = _blocks.Dequeue();
        Volatile.Write(ref _length, _length - block.Length);
        recycle(block);
    }
}
