using System.Runtime.CompilerServices;
using FastCache.Eviction;
using FastCache.Expiration;
using FastCache.Table;

namespace FastCache.Sharding;

/// <summary>What a policy sees of its shard, for the length of one turn.</summary>
internal readonly struct EvictionHost(SlotEvictor evictor, SlotTable table, TimerWheel? wheel) : IEvictionHost
{
    public bool PrefetchPays
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => table.PrefetchPays;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsReferenced(int slot) => table.Groups.IsReferenced(slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ClearReferenced(int slot) => table.Groups.ClearReferenced(slot);

    public bool TryEvict(int slot) => evictor.TryEvict(slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchReferenced(int slot) => table.Groups.Prefetch(slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchEntry(int slot)
    {
        table.PrefetchEntry(slot);
        wheel?.Prefetch(slot);
    }
}
