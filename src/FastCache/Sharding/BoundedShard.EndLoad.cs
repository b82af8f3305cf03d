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
        try
        {
            if (!outcome.HasValue)
            {
                return EndWithout(flight, options, outcome);
            }

            if (flight.Context is { KeepsResult: false })
            {
                using (_turn.Enter())
                {
                    Unlist(flight);
                }
            }
            else
            {
                Keep(hash, flight, options, outcome.GetValue());
            }

            return outcome;
        }
        catch (Exception fault)
        {
            // The weigher, the expiry function or the comparer has thrown, or there is no memory.
            using (_turn.Enter())
            {
                if (flight.IsListed)
                {
                    Unlist(flight);
                }
            }

            return LoadOutcome<TValue>.Failed(fault);
        }
    }

    /// <summary>Ends a load that has brought nothing; a stale value may save its callers.</summary>
    private LoadOutcome<TValue> EndWithout(Flight<TKey, TValue> flight, LoadOptions options, LoadOutcome<TValue> outcome)
    {
        bool hasFailed = flight.HasPrevious && !outcome.HandsOver;
        long now = hasFailed ? _clock.Now() : 0;
        bool maySave;
        using (_turn.Enter())
        {
            maySave = hasFailed && !flight.IsInvalidated && !_isClosed;
            if (maySave && flight.Slot != NoGuard)
            {
                DelayRefresh(flight.Slot, Lifetime.After(now, options.FailSafeThrottle.Ticks));
            }

            Unlist(flight);
        }

        return maySave && now - flight.PreviousExpiresAt < options.FailSafeMaxDuration.Ticks
            ? LoadOutcome<TValue>.Of(flight.PreviousValue!)
            : outcome;
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

    /// <summary>Puts the result of a load into the shard, unless the key was written or removed since the load began.</summary>
    private void Keep(KeyHash hash, Flight<TKey, TValue> flight, LoadOptions options, TValue value)
    {
        TKey key = flight.Key;
        EntryOptions entry = EntryOptionsOf(flight, options, value);
        int weight = TWeights.Differ && flight.Context?.Weight is { } decided ? decided : Weigh(key, value);
        TCell cell = Cell.Store<TValue, TCell>(value);
        Lifetime lifetime = default;
        uint attentionTick = Tick.Never;
        bool isRefused = weight > MaxEntryWeight;
        if (!_isPlain || entry.SetsExpiry)
        {
            lifetime = _setup.Rules.OfLoaded(key, value, entry, options, _clock, out long now);
            attentionTick = _clock.AttentionTickOf(lifetime);
            isRefused |= lifetime.IsExpiredAt(now);
            EnsureClockRuns(lifetime);
        }

        var wait = new SpinWait();
        bool isAboveLimit;
        WriteOutcome outcome;
        while (true)
        {
            int likelySlot = Announce(hash, lifetime, out Table<TKey, TCell> table);
            using (_turn.Enter())
            {
                outcome = flight.IsInvalidated || _isClosed ? WriteOutcome.Absent
                    : isRefused ? RemoveFor(flight)
                    : flight.Slot != NoGuard ? TryReplaceGuarded(flight.Slot, cell, weight, lifetime, attentionTick)
                    : TryAddInTurn(key, hash, cell, weight, lifetime, attentionTick, table == CurrentTable ? likelySlot : -1);
                if (outcome != WriteOutcome.Changed)
                {
                    Unlist(flight);
                }

                isAboveLimit = Load > _limit;
            }

            if (outcome != WriteOutcome.Changed)
            {
                break;
            }

            SharedMemory.Wait(ref wait);
        }

        PostIf(isAboveLimit);
        if (isRefused && outcome == WriteOutcome.Refused)
        {
            Refuse(weight);
        }
    }

    private static EntryOptions EntryOptionsOf(Flight<TKey, TValue> flight, LoadOptions options, TValue value)
    {
        bool isNegative = value is null || flight.Context is { IsNegative: true };
        return isNegative && options.NegativeExpireAfterWrite is { } duration
            ? new EntryOptions { ExpireAfterWrite = duration, ExpireAfterAccess = Timeout.InfiniteTimeSpan }
            : flight.Context?.Entry ?? flight.Entry ?? options.Entry;
    }

    /// <summary>Inside a turn: a result that is refused takes the place of what there was, all the same.</summary>
    private WriteOutcome RemoveFor(Flight<TKey, TValue> flight)
    {
        int slot = flight.Slot;
        if (slot != NoGuard && CurrentTable.TryRemove(slot, out _))
        {
            Forget(slot);
        }

        return WriteOutcome.Refused;
    }

    /// <summary>Inside a turn: replaces what a load guards, which is live afterwards.</summary>
    private WriteOutcome TryReplaceGuarded(int slot, TCell cell, int weight, in Lifetime lifetime, uint attentionTick)
    {
        Table<TKey, TCell> table = CurrentTable;
        if (!TryMakeRoomFor(slot, weight))
        {
            return WriteOutcome.Changed;
        }

        PrepareFor(lifetime);
        table.TryUpdate(slot, table.VersionOf(slot), cell, table.LifetimeOf(slot), lifetime, attentionTick);
        Reweigh(slot, weight);
        Schedule(slot, lifetime);
        return WriteOutcome.Kept;
    }
}
