using FastCache.Threading;

namespace FastCache.Eviction;

/// <summary>First in, first out: references do not matter, so readers are not asked for them.</summary>
internal readonly struct FifoPolicy<TWeights> : IEvictionPolicy
    where TWeights : struct, IWeights
{
    private const int Lookahead = 3;

    private readonly SlotQueues<TWeights> _queues;

    public FifoPolicy(in PolicySetup<TWeights> setup)
        => _queues = new SlotQueues<TWeights>(setup.Room, setup.SlotCount, setup.Weights);

    public static byte InitialReferenced => 1;

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
        for (int refusals = 0; refusals <= _queues.Total; refusals++)
        {
            if (!_queues.TryPeekTail(SlotQueue.Window, out int victim))
            {
                return false;
            }

            if (host.PrefetchPays && _queues.TryPeekAhead(SlotQueue.Window, Lookahead, out int later))
            {
                host.PrefetchEntry(later);
            }

            if (host.TryEvict(victim))
            {
                _queues.DropTail(SlotQueue.Window);
                return true;
            }

            _queues.MoveTail(SlotQueue.Window, SlotQueue.Window);
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
