namespace FastCache.Sharding;

/// <summary>Removes entries by slot number: the shard without its type arguments.</summary>
/// <remarks>
/// What policy and wheel call is compiled once for all keys and values that way, with everything inlined but this one call;
/// code that is shared between reference types cannot see through its own type arguments.
/// </remarks>
internal abstract class SlotEvictor
{
    /// <summary>Inside a turn: removes the entry of a slot, unless it is being updated at this moment.</summary>
    public abstract bool TryEvict(int slot);

    /// <summary>Inside a turn: removes the entry of a slot if it has expired, unless it is being updated at this moment.</summary>
    public abstract bool TryExpire(int slot, long now);
}
