using FastCache.Expiration;
using FastCache.Table;
using FastCache.Timing;

namespace FastCache.Sharding;

/// <summary>What a timer wheel sees of its shard, for the length of one turn.</summary>
/// <remarks>
/// A lifetime that is being written, which may be half old, half new, is due: nothing is removed but by
/// <see cref="SlotEvictor.TryExpire"/>, which refuses, and the wheel comes back a tick later.
/// </remarks>
internal readonly struct TimerHost(SlotEvictor evictor, SlotTable table, long now) : ITimerHost
{
    public long DueTick(int slot) => table.TryReadLifetime(slot, out Lifetime lifetime) ? Tick.AtOrAfter(lifetime.GoneAt) : 0;

    public bool TryExpire(int slot) => evictor.TryExpire(slot, now);
}
