using FastCache.Eviction;
using FastCache.Threading;

namespace FastCache.Tests.Unit.Sharding;

/// <summary>A clock that finds no memory for a table of another size while a test says so.</summary>
internal readonly struct ExhaustiblePolicy(in PolicySetup<StoredWeights> setup, Func<bool> isMemoryShort) : IEvictionPolicy
{
    private readonly ClockPolicy<StoredWeights> _clock = new(setup);

    public static byte InitialReferenced => ClockPolicy<StoredWeights>.InitialReferenced;

    public int Count => _clock.Count;

    public bool NeedsCompaction => _clock.NeedsCompaction;

    public void Prefetch(uint hash) => _clock.Prefetch(hash);

    public void RecordMiss(uint hash) => _clock.RecordMiss(hash);

    public void PrefetchVictims<THost>(THost host)
        where THost : IEvictionHost
        => _clock.PrefetchVictims(host);

    public bool TryEvict<THost>(THost host, long incoming)
        where THost : IEvictionHost
        => _clock.TryEvict(host, incoming);

    public bool Admits<THost>(THost host, uint hash, long weight, long excess)
        where THost : IEvictionHost
        => _clock.Admits(host, hash, weight, excess);

    public void Add(int slot, uint hash) => _clock.Add(slot, hash);

    public void Remove(int slot) => _clock.Remove(slot);

    public void Reweigh(int slot, int weight) => _clock.Reweigh(slot, weight);

    public void Resize(long limit) => _clock.Resize(limit);

    public void Compact() => _clock.Compact();

    public void Renumber(ReadOnlySpan<int> newSlots, int room, int slotCount, PinnedArray<uint> hashes)
    {
        if (isMemoryShort())
        {
            throw new OutOfMemoryException();
        }

        _clock.Renumber(newSlots, room, slotCount, hashes);
    }

    public SlotStanding[] Standings() => _clock.Standings();

    public int? FrequencyOf(uint hash) => _clock.FrequencyOf(hash);

    public double? WindowShare => _clock.WindowShare;

    public void Recall(uint hash, int frequency) => _clock.Recall(hash, frequency);

    public void MoveToHead(int slot, SlotQueue queue) => _clock.MoveToHead(slot, queue);

    public void SetWindowShare(double share) => _clock.SetWindowShare(share);

    public void AssertConsistent(Func<int, bool> isFollowed) => _clock.AssertConsistent(isFollowed);
}
