using System.Runtime.CompilerServices;

namespace FastCache.Eviction;

internal partial struct FrecencyPolicy<TWeights>
{
    private const int ReferencedLookahead = 5;
    private const int EvictionLookahead = 2;

    public readonly void Prefetch(uint hash)
    {
        _sketch.Prefetch(hash);
        _windowGhosts.Prefetch(hash);
        _mainGhosts.Prefetch(hash);
    }

    /// <remarks>The queues say what will be looked at: the misses of later evictions overlap the work of this one.</remarks>
    public readonly void PrefetchVictims<THost>(THost host)
        where THost : IEvictionHost
    {
        PrefetchTail(host, SlotQueue.Window, in _windowGhosts);
    }

    /// <summary>The tail and what follows: what an earlier eviction announced may have been for another processor.</summary>
    private readonly void PrefetchTail<THost>(THost host, SlotQueue queue, in GhostTable ghosts)
        where THost : IEvictionHost
    {
        if (_queues.TryPeekAhead(queue, 0, out int slot))
        {
            PrefetchSlot(host, slot);
            host.PrefetchEntry(slot);
        }

        PrefetchAhead(host, queue, in ghosts);
    }

    /// <summary>Before an entry is moved on: a run of entries that are all in use then costs one miss, not one each.</summary>
    private readonly void PrefetchNext<THost>(THost host, SlotQueue queue, in GhostTable ghosts)
        where THost : IEvictionHost
    {
        if (host.PrefetchPays)
        {
            PrefetchAhead(host, queue, in ghosts);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void PrefetchAhead<THost>(THost host, SlotQueue queue, in GhostTable ghosts)
        where THost : IEvictionHost
    {
        if (_queues.TryPeekAhead(queue, ReferencedLookahead, out int later))
        {
            PrefetchSlot(host, later);
        }

        if (_queues.TryPeekAhead(queue, EvictionLookahead, out int soon))
        {
            uint hash = _hashes[soon];
            _sketch.Prefetch(hash);
            ghosts.Prefetch(hash);
            host.PrefetchEntry(soon);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void PrefetchSlot<THost>(THost host, int slot)
        where THost : IEvictionHost
    {
        host.PrefetchReferenced(slot);
        Threading.Prefetch.Line(ref _hashes[slot]);
        _queues.Prefetch(slot);
    }
}
