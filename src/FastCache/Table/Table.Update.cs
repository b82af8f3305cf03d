using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Table;

/// <summary>How an update in place ended.</summary>
internal enum UpdateOutcome
{
    /// <summary>The value was replaced.</summary>
    Updated,

    /// <summary>There was no entry of the key.</summary>
    Absent,

    /// <summary>The entry may be written only inside a turn.</summary>
    NeedsTurn,

    /// <summary>The entry is no longer the one that was looked at.</summary>
    Changed,
}

internal sealed partial class Table<TKey, TCell>
{
    /// <summary>
    /// Replaces the cell of a key whose type has a built-in equality, in the likely case: a live entry that is the first
    /// candidate of the home group.
    /// </summary>
    /// <returns>
    /// <see cref="UpdateOutcome.Changed"/> where the caller must take a closer look.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UpdateOutcome TryUpdateFirst(TKey key, KeyHash hash, TCell cell)
    {
        ref Entry<TKey, TCell> first = ref HomeOf(hash, out TagGroup header);
        uint matches = header.Match(hash.Tags);
        if (matches == 0)
        {
            bool isAbsent = SharedMemory.ReadRelaxed(ref header.Overflow) == 0;
            GC.KeepAlive(this);
            return isAbsent ? UpdateOutcome.Absent : UpdateOutcome.Changed;
        }

        nint index = (nint)(uint)BitOperations.TrailingZeroCount(matches);
        ref Entry<TKey, TCell> entry = ref Unsafe.Add(ref first, index);
        uint version = SharedMemory.ReadAcquire(ref entry.Version);

        // After the version: times that come into being later come with another one.
        if (EntryVersion.State(version) != EntryVersion.Live
            || Times is not null
            || !HasKey(ref entry, version, key)
            || !TryReplace(ref entry, version, cell))
        {
            GC.KeepAlive(this);
            return UpdateOutcome.Changed;
        }

        header.Touch(index);
        GC.KeepAlive(this);
        return UpdateOutcome.Updated;
    }

    /// <summary>Replaces the cell of a slot if its entry still has the given version.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UpdateOutcome TryUpdate(int slot, uint version, TCell cell)
    {
        if (EntryVersion.State(version) == EntryVersion.Guarded)
        {
            return UpdateOutcome.NeedsTurn;
        }

        if (!TryReplace(ref At(slot), version, cell))
        {
            GC.KeepAlive(this);
            return UpdateOutcome.Changed;
        }

        Groups.Of(slot, out nint index).Touch(index);
        GC.KeepAlive(this);
        return UpdateOutcome.Updated;
    }

    /// <summary>
    /// Replaces cell and lifetime of a slot if its entry still has the given version and lifetime. There is room for the new one.
    /// A guarded entry only inside a turn; it is live afterwards.
    /// </summary>
    public bool TryUpdate(
        int slot,
        uint version,
        TCell cell,
        in Lifetime current,
        in Lifetime lifetime,
        uint attentionTick,
        [MaybeNullWhen(false)] out TCell replaced)
    {
        ref Entry<TKey, TCell> entry = ref At(slot);
        if (!TryClaim(slot, version, current))
        {
            replaced = default;
            GC.KeepAlive(this);
            return false;
        }

        // Claimed: nobody else writes it.
        if (attentionTick < SharedMemory.ReadRelaxed(ref entry.AttentionTick))
        {
            // Fence: whoever sees the new value sees that its end may come first. Until then either value is right, and afterwards
            // a reader waits. In another version, so that a reader who has looked at the tick before looks again.
            version = EntryVersion.Next(version, EntryVersion.Updating);
            Release(ref entry, version, attentionTick);
            SharedMemory.StoreFence();
        }

        replaced = Cell.Read(ref entry.Cell);
        Cell.Write(ref entry.Cell, cell);
        Times?.Write(slot, lifetime);
        Release(ref entry, EntryVersion.Next(version, EntryVersion.Live), attentionTick);
        Groups.Of(slot, out nint index).Touch(index);
        GC.KeepAlive(this);
        return true;
    }

    /// <summary>Replaces the lifetime only, under the same conditions. A guarded entry stays guarded.</summary>
    public bool TryUpdateLifetime(int slot, uint version, in Lifetime current, in Lifetime lifetime, uint attentionTick)
    {
        bool isClaimed = TryClaim(slot, version, current);
        if (isClaimed)
        {
            Times?.Write(slot, lifetime);
            Release(ref At(slot), EntryVersion.Next(version, EntryVersion.State(version)), attentionTick);
        }

        GC.KeepAlive(this);
        return isClaimed;
    }

    /// <summary>Takes an entry whose last access nobody has raised since its lifetime was read, and whose tags are valid.</summary>
    /// <remarks>
    /// The timer of a raised one may have been set later by now, too late for the lifetime that is to be written. One whose tags are out of
    /// date is absent, and not to be updated; who reads it waits for the claim to end.
    /// </remarks>
    private bool TryClaim(int slot, uint version, in Lifetime current)
    {
        ref Entry<TKey, TCell> entry = ref At(slot);
        if (!TryClaim(ref entry, version))
        {
            return false;
        }

        if (LifetimeOf(slot) == current && !current.IsInvalidated)
        {
            return true;
        }

        SharedMemory.WriteRelease(ref entry.Version, version);
        return false;
    }

    /// <summary>Moves the attention tick of an entry forward. Any thread; a guarded entry only inside a turn.</summary>
    /// <returns>False if the entry has changed or is being written: the caller looks again.</returns>
    public bool TryRaiseAttention(int slot, uint version, uint attentionTick)
    {
        ref Entry<TKey, TCell> entry = ref At(slot);
        while (true)
        {
            ulong seen = SharedMemory.ReadAcquire(ref entry.StateWord);
            bool isUnchanged = Entry<TKey, TCell>.VersionOf(seen) == version;
            if (!isUnchanged
                || Entry<TKey, TCell>.AttentionTickOf(seen) >= attentionTick
                || SharedMemory.CompareAndSwap(ref entry.StateWord, seen, Entry<TKey, TCell>.StateOf(version, attentionTick)))
            {
                GC.KeepAlive(this);
                return isUnchanged;
            }
        }
    }

    /// <summary>Notes an access to an entry with an idle limit. Any thread; a guarded entry only inside a turn.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="version">The entry's version.</param>
    /// <param name="now">The moment of the access.</param>
    /// <param name="attentionTick">The attention tick that follows from it; unless it means every read, it begins at that moment.</param>
    /// <returns>
    /// False if the entry has changed or is being written: the access may be lost, and the caller looks again.
    /// </returns>
    public bool TryNoteAccess(int slot, uint version, long now, uint attentionTick)
    {
        if (!Tick.MeansEveryRead(attentionTick))
        {
            return TryRaiseAttention(slot, version, attentionTick);
        }

        SlotTimes times = Times!;
        bool isNoted;
        do
        {
            long seen = times.Read(slot, Tick.Last).LastAccess;
            if (!IsUnchanged(slot, version))
            {
                return false;
            }

            isNoted = times.TryNoteAccess(slot, seen, now);
        }
        while (!isNoted);

        // After the compare-and-swap, which is a full fence: whoever claims or guards the entry later sees the access.
        return TryRaiseAttention(slot, version, attentionTick);
    }

    /// <inheritdoc/>
    public override bool TryReadLifetime(int slot, out Lifetime lifetime)
    {
        uint version = SharedMemory.ReadAcquire(ref At(slot).Version);
        lifetime = LifetimeOf(slot);
        return EntryVersion.State(version) != EntryVersion.Updating && IsUnchanged(slot, version);
    }

    /// <summary>Takes an entry. A full fence: whoever sees what is written next sees that the entry is being updated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryClaim(ref Entry<TKey, TCell> entry, uint version)
        => EntryVersion.State(version) is EntryVersion.Live or EntryVersion.Guarded
            && SharedMemory.CompareAndSwap(
                ref entry.Version, version, EntryVersion.WithState(version, EntryVersion.Updating));

    // Release: whoever sees the version sees the fields that belong to it.
    private static void Release(ref Entry<TKey, TCell> entry, uint version, uint attentionTick)
        => SharedMemory.WriteRelease(ref entry.StateWord, Entry<TKey, TCell>.StateOf(version, attentionTick));

    /// <summary>Takes a live entry for the length of one store.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReplace(ref Entry<TKey, TCell> entry, uint version, TCell cell)
    {
        if (EntryVersion.State(version) != EntryVersion.Live || !TryClaim(ref entry, version))
        {
            return false;
        }

        Cell.Write(ref entry.Cell, cell);

        // Release: whoever sees the next version sees the cell that belongs to it.
        SharedMemory.WriteRelease(ref entry.Version, EntryVersion.Next(version, EntryVersion.Live));
        return true;
    }
}
