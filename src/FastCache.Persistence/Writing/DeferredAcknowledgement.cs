namespace FastCache.Persistence.Writing;

/// <summary>
/// While it lives, writes of this thread to one log do not wait for it: whoever began it waits for them afterwards, in his own way.
/// </summary>
internal ref struct DeferredAcknowledgement
{
    [ThreadStatic]
    private static Pending? t_pending;

    private readonly Pending _pending;

    private DeferredAcknowledgement(Pending pending) => _pending = pending;

    /// <summary>Up to where the log must be durable for the writes to be.</summary>
    public readonly ulong Sequence => _pending.Sequence;

    public static DeferredAcknowledgement Begin(object log)
    {
        var pending = new Pending(log, t_pending);
        t_pending = pending;
        return new DeferredAcknowledgement(pending);
    }

    /// <summary>Whether a write of this thread is one of those.</summary>
    public static bool Covers(object log) => Find(log) is not null;

    /// <summary>Leaves the waiting for a write to whoever defers it; false if nobody does.</summary>
    public static bool TryDefer(object log, ulong sequence)
    {
        Pending? pending = Find(log);
        if (pending is null)
        {
            return false;
        }

        pending.Sequence = Math.Max(pending.Sequence, sequence);
        return true;
    }

    public readonly void Dispose() => t_pending = _pending.Outer;

    // A serializer called by a write to one log may itself write to another.
    private static Pending? Find(object log)
    {
        Pending? pending = t_pending;
        while (pending is not null && pending.Log != log)
        {
            pending = pending.Outer;
        }

        return pending;
    }

    private sealed class Pending(object log, Pending? outer)
    {
        public object Log => log;

        public Pending? Outer => outer;

        public ulong Sequence { get; set; }
    }
}
