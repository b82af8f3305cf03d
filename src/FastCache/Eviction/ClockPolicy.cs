using FastCache.Threading;

namespace FastCache.Eviction;

/// <summary>Least recently used, approximated by a clock (Corbató 1968): one bit an entry, one queue.</summary>
/// <remarks>An entry that was referenced since the hand last passed gets another round, up to a bound per eviction.</remarks>
internal readonly struct ClockPolicy : IEvictionPolicy
{
    private const int ReexaminationBudget = 64;
    private const int Lookahead = 5;

    private readonly SlotQueues _queues;

    /// <inheritdoc cref="FrecencyPolicy(int, int, Threading.PinnedArray{uint})"/>
    public ClockPolicy(int capacity, int slotCount) => _queues = new SlotQueues(capacity, slotCount);

    public static byte InitialReferenced => 0;

    public int Count => _queues.Total;

    public bool NeedsCompaction => _queues.IsStale;

    public void Prefetch(uint hash)
    {
    }

    public void RecordMiss(uint hash)
    {
    }

    public void PrefetchVictims<THost>(THost host)
        where THost : IEvictionHost
    {
    }

    public void Add(int slot, uint hash) => _queues.Add(SlotQueue.Window, slot);

    public bool TryEvict<THost>(THost host)
        where THost : IEvictionHost
    {
        int budget = ReexaminationBudget;
        for (int refusals = 0; refusals <= _queues.Total;)
        {
            if (!_queues.TryPeekTail(SlotQueue.Window, out int victim))
            {
                return false;
            }

            if (host.PrefetchPays && _queues.TryPeekAhead(SlotQueue.Window, Lookahead, out int later))
            {
                host.PrefetchReferenced(later);
                host.PrefetchEntry(later);
            }

            if (host.IsReferenced(victim) && budget-- > 0)
            {
                host.ClearReferenced(victim);
                _queues.MoveTail(SlotQueue.Window, SlotQueue.Window);
            }
            else if (host.TryEvict(victim))
            {
                _queues.DropTail(SlotQueue.Window);
                return true;
            }
            else
            {
                _queues.MoveTail(SlotQueue.Window, SlotQueue.Window);
                refusals++;
            }
        }

        return false;
    }

    public void Remove(int slot) => _queues.Remove(slot);

    public void Compact() => _queues.Compact();

    public void Renumber(ReadOnlySpan<int> newSlots, int slotCount, PinnedArray<uint> hashes) => _queues.Renumber(newSlots, slotCount);

    public void AssertConsistent(Func<int, bool> isOccupied) => _queues.AssertConsistent(isOccupied);
}
