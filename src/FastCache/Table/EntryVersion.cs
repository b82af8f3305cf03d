using System.Runtime.CompilerServices;

namespace FastCache.Table;

/// <summary>
/// The low half of an entry's state word: two bits of state, thirty of sequence.
/// </summary>
/// <remarks>
/// The sequence moves whenever the key or the value changes, so a reader that finds the same version before and
/// after its loads has seen one entry. To be fooled it would have to sleep through 2^30 writes of one slot.
/// </remarks>
internal static class EntryVersion
{
    /// <summary>No entry: free, or being filled or cleared by the turn that owns the slot.</summary>
    public const uint Dead = 0;

    /// <summary>An entry whose value is being replaced in place; its key is stable.</summary>
    public const uint Updating = 1;

    /// <summary>An entry that anyone may update in place.</summary>
    public const uint Live = 2;

    /// <summary>An entry that is written only inside a turn.</summary>
    public const uint Guarded = 3;

    private const uint StateMask = 3;
    private const uint Step = 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint State(uint version) => version & StateMask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsDead(uint version) => (version & StateMask) == Dead;

    /// <summary>The same sequence in another state: nothing that a reader copies has changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint WithState(uint version, uint state) => (version & ~StateMask) | state;

    /// <summary>The next sequence in the given state.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Next(uint version, uint state) => WithState(version + Step, state);
}
