using FastCache.Threading;

namespace FastCache.Eviction;

/// <summary>Least recently used, approximated by a clock (Corbató 1968): one bit an entry, one queue.</summary>
/// <remarks>An entry that was referenced since the hand last passed gets another round, up to a bound per eviction.</remarks>
internal readonly struct ClockPolicy<TWeights> : IEvictionPolicy
    where TWeights : struct, IWeights
{
    private const int ReexaminationBudget = 64;
    private const int Lookahead = 5;

    private readonly SlotQueues<TWeights> _queues;

    public ClockPolicy(in PolicySetup<TWeights> setup)
        => _queues = new SlotQueues<TWeights>(setup.Room, setup.SlotCount, setup.Weights);

    public static byte InitialReferenced => 0;

    public int Count => _queues.Total;

    public bool NeedsCompaction => _queues.IsStale;

    public double? WindowShare => null;

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

    public bool TryEvict<THost>(THost host, long incoming)
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

    public void Reweigh(int slot, int weight) => _queues.Reweigh(slot, weight);

    public bool Admits<THost>(THost host, uint hash, long weight, long excess)
        where THost : IEvictionHost
        => true;

    public void Resize(long limit)
    {
    }

    public void Remove(int slot) => _queues.Remove(slot);

    public void Compact() => _queues.Compact();

    public void Renumber(ReadOnlySpan<int> newSlots, int room, int slotCount, PinnedArray<uint> hashes)
        => _queues.Renumber(newSlots, room, slotCount);

    public SlotStanding[] Standings() => _queues.Standings();

    public int? FrequencyOf(uint hash) => null;

    public void Recall(uint hash, int frequency)
    {
    }

    public void MoveToHead(int slot, SlotQueue queue) => _queues.MoveToHead(SlotQueue.Window, slot);

    public void SetWindowShare(double share)
    {
    }

    public void AssertConsistent(Func<int, bool> isFollowed) => _queues.AssertConsistent(isFollowed);
}
