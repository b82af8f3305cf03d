using FastCache.Journaling;
using FastCache.Loading;
using FastCache.Table;
using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Sharding;

internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy, TWeights>
{
    /// <inheritdoc/>
    public override LoadOutcome<TValue> EndLoad(
        KeyHash hash, Flight<TKey, TValue> flight, LoadOptions options, LoadOutcome<TValue> outcome)
    {
        LoadedEntry<TCell> entry = default;
        if (outcome.HasValue && flight.Context is not { KeepsResult: false })
        {
            try
            {
                Prepare(flight, options, outcome.GetValue(), out entry);
            }
            catch (Exception fault)
            {
                // The weigher or the expiry function.
                outcome = LoadOutcome<TValue>.Failed(fault);
            }
        }

        if (!outcome.HasValue)
        {
            return EndWithout(flight, options, outcome);
        }

        Land(hash, flight, entry, outcome);
        return outcome;
    }

    /// <summary>Ends a load that has brought nothing; a stale value may save its callers.</summary>
    private LoadOutcome<TValue> EndWithout(Flight<TKey, TValue> flight, LoadOptions options, LoadOutcome<TValue> outcome)
    {
        bool hasFailed = flight.HasPrevious && !outcome.HandsOver;
        long now = hasFailed ? _clock.Now() : 0;
        bool wasJoined;
        using (_turn.Enter())
        {
            if (hasFailed && !flight.IsInvalidated && !_isClosed)
            {
                if (flight.Slot != NoGuard)
                {
                    DelayRefresh(flight.Slot, Lifetime.After(now, options.FailSafeThrottle.Ticks));
                }

                if (!flight.IsPreviousInvalidated && now - flight.PreviousExpiresAt < options.FailSafeMaxDuration.Ticks)
                {
                    outcome = LoadOutcome<TValue>.StandIn(flight.PreviousValue!);
                }
            }

            wasJoined = Unlist(flight);
        }

        Publish(flight, wasJoined, outcome);
        return outcome;
    }

    /// <summary>Inside a turn: no load of a guarded entry is tried before a moment.</summary>
    private void DelayRefresh(int slot, long moment)
    {
        Table<TKey, TCell> table = CurrentTable;
        Lifetime current = table.LifetimeOf(slot);
        Lifetime delayed = current with { RefreshAt = moment };
        PrepareFor(delayed);
        table.TryUpdateLifetime(slot, table.VersionOf(slot), current, delayed, _clock.AttentionTickOf(delayed));
    }

    /// <summary>Outside any turn: says what a value that was loaded comes to as an entry.</summary>
    private void Prepare(Flight<TKey, TValue> flight, LoadOptions options, TValue value, out LoadedEntry<TCell> entry)
    {
        // The answer "not modified" is the value that is there: it neither comes nor goes.
        bool isRenewal = !typeof(TValue).IsValueType && flight.HasPrevious && ReferenceEquals(value, flight.PreviousValue);
        if (!isRenewal)
        {
            _notifications?.ThrowIfHeld(value);
        }

        EntryOptions kept = EntryOptionsOf(flight, options, value);
        int weight = TWeights.Differ && flight.Context?.Weight is { } decided ? decided : Weigh(flight.Key, value);
        entry = new LoadedEntry<TCell>
        {
            IsKept = true,
            IsRenewal = isRenewal,
            Cell = Cell.Store<TValue, TCell>(value),
            Weight = weight,
            IsRefused = weight > MaxEntryWeight,
            AttentionTick = Tick.Never,
            Record = _journal?.Describe(flight.Key, value),
        };
        if (!_isPlain || kept.SetsAnything)
        {
            entry.Lifetime = _setup.Rules.OfLoaded(flight.Key, value, kept, options, _clock, out long now) with
            {
                Tags = TagsOf(kept, flight.TagGeneration),
            };
            entry.AttentionTick = _clock.AttentionTickOf(entry.Lifetime);
            entry.IsRefused |= entry.Lifetime.IsOverAt(now);
            entry.Record?.SetLifetime(entry.Lifetime, now);
            EnsureClockRuns(entry.Lifetime);
        }
    }

    /// <summary>Ends a load that has brought a value, and keeps it, unless the key was written or removed since the load began.</summary>
    private void Land(KeyHash hash, Flight<TKey, TValue> flight, in LoadedEntry<TCell> entry, in LoadOutcome<TValue> loaded)
    {
        var wait = new SpinWait();
        int likelySlot = Announce(hash, entry.Lifetime, out Table<TKey, TCell> table);
        WriteOutcome outcome;
        bool isAboveLimit;
        bool wasJoined = false;
        while (true)
        {
            using (_turn.Enter())
            {
                if (table != CurrentTable)
                {
                    (table, likelySlot) = (CurrentTable, -1);
                }

                outcome = TryLand(hash, flight, entry, likelySlot);
                if (outcome != WriteOutcome.Changed)
                {
                    if (outcome == WriteOutcome.Refused)
                    {
                        // What was written down before is out of date all the same.
                        entry.Record?.Remove();
                    }

                    wasJoined = Unlist(flight);
                }

                isAboveLimit = Load > _limit;
            }

            if (outcome != WriteOutcome.Changed)
            {
                break;
            }

            SharedMemory.Wait(ref wait);
        }

        if (outcome != WriteOutcome.Kept && !entry.IsRenewal)
        {
            _notifications?.Discard(loaded.GetValue());
        }

        Publish(flight, wasJoined, entry.Lifetime.IsInvalidated ? loaded.AsOutdated() : loaded);
        PostIf(isAboveLimit);
        _notifications?.AwaitRoom();
        entry.Record?.CompleteUnawaited();
        if (outcome == WriteOutcome.Refused && entry.IsRefused)
        {
            Refuse(entry.Weight);
        }
    }

    /// <summary>Inside a turn. Absent: the value is not kept, for a reason that is not its own.</summary>
    private WriteOutcome TryLand(KeyHash hash, Flight<TKey, TValue> flight, in LoadedEntry<TCell> entry, int likelySlot)
    {
        if (!entry.IsKept || flight.IsInvalidated || entry.Lifetime.IsInvalidated || _isClosed)
        {
            return WriteOutcome.Absent;
        }

        if (flight.Slot != NoGuard && CurrentTable.IsInvalidated(flight.Slot))
        {
            // Nothing is put in the place of what is absent.
            TryExpire(flight.Slot, NoMoment);
        }

        if (entry.IsRefused)
        {
            return RemoveFor(flight);
        }

        if (entry.IsRenewal && flight.Slot == NoGuard && _notifications is not null)
        {
            // It has gone meanwhile, and whoever listens has been told so.
            return WriteOutcome.Absent;
        }

        try
        {
            return flight.Slot == NoGuard
                ? TryAddInTurn(
                    flight.Key, hash, entry.Cell, entry.Weight, entry.Lifetime, entry.AttentionTick, likelySlot, entry.Record)
                : TryReplaceGuarded(flight.Slot, entry);
        }
        catch (OutOfMemoryException)
        {
            // For those who wait it is a value all the same.
            return WriteOutcome.Absent;
        }
    }

    private static EntryOptions EntryOptionsOf(Flight<TKey, TValue> flight, LoadOptions options, TValue value)
    {
        EntryOptions kept = flight.Context?.Entry ?? flight.Entry ?? options.Entry;
        bool isNegative = value is null || flight.Context is { IsNegative: true };
        return isNegative && options.NegativeExpireAfterWrite is { } duration
            ? kept with { ExpireAfterWrite = duration, ExpireAfterAccess = Timeout.InfiniteTimeSpan, ExpireAt = null }
            : kept;
    }

    /// <summary>Inside a turn: a result that is refused takes the place of what there was, all the same.</summary>
    private WriteOutcome RemoveFor(Flight<TKey, TValue> flight)
    {
        int slot = flight.Slot;
        if (slot != NoGuard)
        {
            TKey? key = KeyToNotify(slot);
            if (CurrentTable.TryRemove(slot, out TCell? cell))
            {
                Forget(slot);
                Notify(key, cell, RemovalCause.Replaced);
            }
        }

        return WriteOutcome.Refused;
    }

    /// <summary>Inside a turn: replaces what a load guards, which is live afterwards.</summary>
    private WriteOutcome TryReplaceGuarded(int slot, in LoadedEntry<TCell> entry)
    {
        Table<TKey, TCell> table = CurrentTable;
        if (!TryMakeRoomFor(slot, entry.Weight))
        {
            return WriteOutcome.Changed;
        }

        PrepareFor(entry.Lifetime);
        if (!table.TryUpdate(
            slot,
            table.VersionOf(slot),
            entry.Cell,
            table.LifetimeOf(slot),
            entry.Lifetime,
            entry.AttentionTick,
            out TCell? replaced))
        {
            // A read that had begun before the guard has noted its access meanwhile.
            return WriteOutcome.Changed;
        }

        WriteDown(entry.Record, slot);
        Reweigh(slot, entry.Weight);
        Schedule(slot, entry.Lifetime);
        if (!entry.IsRenewal)
        {
            Hold(entry.Cell);
            Notify(KeyToNotify(slot), replaced, RemovalCause.Replaced);
        }

        return WriteOutcome.Kept;
    }

    /// <summary>Outside any turn: tells those who have joined how a load ended. One that nobody has joined is not looked at any more.</summary>
    private static void Publish(Flight<TKey, TValue> flight, bool wasJoined, in LoadOutcome<TValue> outcome)
    {
        if (wasJoined)
        {
            flight.Publish(outcome);
            flight.Release();
        }
    }
}
