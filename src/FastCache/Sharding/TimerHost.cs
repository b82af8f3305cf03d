using FastCache.Expiration;
using FastCache.Table;
using FastCache.Timing;

namespace FastCache.Sharding;

/// <summary>What a timer wheel sees of its shard, for the length of one turn.</summary>
/// <remarks>
/// A lifetime that is being written may be read half old, half new. The slot is then looked at once too often: nothing is removed
/// but by <see cref="SlotEvictor.TryExpire"/>, which reads it again while nobody can write it.
/// </remarks>
internal readonly struct TimerHost(SlotEvictor evictor, SlotTable table, long now) : ITimerHost
{
    public long DueTick(int slot) => Tick.AtOrAfter(table.LifetimeOf(slot).ExpiresAt);

    public bool TryExpire(int slot) => evictor.TryExpire(slot, now);
}
