using System.Diagnostics;
using FastCache.Table;
using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Sharding;

internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy, TWeights>
{
    // Entries that one piece of maintenance evicts where the limit was lowered.
    private const int EvictionsPerMaintenance = 128;

    private bool NeedsMaintenance => _policy.NeedsCompaction || IsOversized || Load > _limit;

    /// <inheritdoc/>
    public override void Clear(long generation)
    {
        var wait = new SpinWait();
        while (!TryClear(generation))
        {
            SharedMemory.Wait(ref wait);
        }

        _setup.Actor.Post(_index);
        _notifications?.AwaitRoom();
    }

    /// <inheritdoc/>
    public override void Close()
    {
        using (_turn.Enter())
        {
            // Updates in place that are under way end in the old table, which nobody reads any more.
            _isClosed = true;
            _sweptTable = null;
            InvalidateAllLoads();
            Table<TKey, TCell> old = CurrentTable;
            Table<TKey, TCell> table = CreateTable(TableSize.For(1, 1));
            Span<int> gone = new int[old.SlotCount];
            gone.Fill(-1);
            Renumber(gone, table);
            PublishNextTimer();
            CurrentTable = table;
            NotifyLost(old, gone, RemovalCause.Cleared);
        }
    }

    /// <inheritdoc/>
    public override bool Maintain()
    {
        using (_turn.Enter())
        {
            bool isDone = AdvanceTimers(_clock.CurrentTick, TimersPerMaintenance)
                & EvictExcess(EvictionsPerMaintenance)
                & SweepTags();
            if (_policy.NeedsCompaction)
            {
                _policy.Compact();
            }

            if (!_isClosed && IsOversized)
            {
                // One that fails because of an update in progress is asked for again by the next removal.
                Shrink();
            }

            return isDone;
        }
    }

    /// <inheritdoc/>
    public override void Resize(long limit)
    {
        using (_turn.Enter())
        {
            SharedMemory.WriteRelease(ref _limit, limit);
            _policy.Resize(limit);
        }

        _setup.Actor.Post(_index);
    }

    /// <inheritdoc/>
    public override int Trim(int count)
    {
        int trimmed = 0;
        bool needsMaintenance = false;
        while (trimmed < count)
        {
            int wanted = Math.Min(count - trimmed, EvictionsPerMaintenance);
            int evicted;
            using (_turn.Enter())
            {
                evicted = Evict(wanted);
                needsMaintenance = NeedsMaintenance;
            }

            trimmed += evicted;
            if (evicted < wanted)
            {
                break;
            }
        }

        PostIf(needsMaintenance);
        _notifications?.AwaitRoom();
        return trimmed;
    }

    /// <inheritdoc/>
    public override int TrimExpired()
    {
        long tick = Tick.Of(_clock.Now());
        int trimmed = 0;
        bool isDone;
        bool needsMaintenance;
        do
        {
            using (_turn.Enter())
            {
                int before = _count;
                isDone = AdvanceTimers(tick, TimersPerMaintenance);
                trimmed += before - _count;
                needsMaintenance = NeedsMaintenance;
            }
        }
        while (!isDone);

        PostIf(needsMaintenance);
        _notifications?.AwaitRoom();
        return trimmed;
    }

    /// <inheritdoc/>
    public override void AssertConsistent()
    {
        using (_turn.Enter())
        {
            Table<TKey, TCell> table = CurrentTable;
            table.AssertConsistent();
            _policy.AssertConsistent(slot => table.IsOccupied(slot) && !IsPinned(slot));
            _wheel?.AssertConsistent(new TimerHost(this, table, now: 0));
            int count = 0;
            int pinned = 0;
            int timers = 0;
            long weight = 0;
            for (int slot = 0; slot < table.SlotCount; slot++)
            {
                if (table.IsOccupied(slot))
                {
                    count++;
                    pinned += IsPinned(slot) ? 1 : 0;
                    weight += _weights.Of(slot);
                    timers += table.LifetimeOf(slot).IsForever ? 0 : 1;
                    AssertTimer(table, slot);
                    Require(table.IsGuarded(slot) == GuardOf(slot) is not null, $"slot {slot} is guarded, or a load believes so");
                }
            }

            Require(_count == count && _policy.Count == count - pinned, $"count {_count}, policy {_policy.Count}, pinned {pinned}, entries {count}");
            Require(Weight == weight, $"weight {Weight}, of the entries {weight}");
            Require((_wheel?.Count ?? 0) >= timers, $"{_wheel?.Count} timers, {timers} entries expire");
        }
    }

    /// <summary>Outside any turn: hands over to the actor what a turn has left to do.</summary>
    private void PostIf(bool needsMaintenance)
    {
        if (needsMaintenance)
        {
            _setup.Actor.Post(_index);
        }
    }

    private void AssertTimer(Table<TKey, TCell> table, int slot)
    {
        Lifetime lifetime = table.LifetimeOf(slot);
        if (!lifetime.IsForever)
        {
            Require(_wheel!.IsScheduled(slot), $"slot {slot} expires and has no timer");
            long due = Math.Max(Tick.AtOrAfter(lifetime.GoneAt), _wheel.NextTick);
            Require(NextTimerTick <= due, $"slot {slot} is due at {due}; the actor is not called before {NextTimerTick}");
        }
    }

    private static void Require(bool condition, string fault)
    {
        if (!condition)
        {
            throw new UnreachableException(fault);
        }
    }

    /// <summary>Inside a turn: lets the policy choose so many entries; how many could be evicted.</summary>
    private int Evict(int count)
    {
        int evicted = 0;
        while (evicted < count && _policy.Count > 0 && _policy.TryEvict(new EvictionHost(this, CurrentTable, _wheel), incoming: 0))
        {
            evicted++;
        }

        return evicted;
    }

    /// <summary>Evicts what the shard holds above its limit. False if there is more.</summary>
    private bool EvictExcess(int budget)
    {
        while (Load > _limit)
        {
            if (budget-- == 0)
            {
                return false;
            }

            if (Evict(1) == 0)
            {
                // All of it is being updated at this moment. The next write goes on with it.
                return true;
            }
        }

        return true;
    }

    /// <summary>Removes all but what is being updated at this moment; false if there was such an entry.</summary>
    private bool TryClear(long generation)
    {
        bool isEmpty = true;
        using (_turn.Enter())
        {
            if (_generation > generation)
            {
                // A clear that began later has been here, and what came since is not to be cleared as far as the journal knows.
                return true;
            }

            InvalidateAllLoads();
            Table<TKey, TCell> table = CurrentTable;
            for (int slot = 0; slot < table.SlotCount; slot++)
            {
                if (!table.IsOccupied(slot))
                {
                    continue;
                }

                TKey? key = KeyToNotify(slot);
                if (table.TryRemove(slot, out TCell? cell))
                {
                    Forget(slot);
                    Notify(key, cell, RemovalCause.Cleared);
                }
                else
                {
                    isEmpty = false;
                }
            }

            if (isEmpty)
            {
                _generation = generation;
            }
        }

        return isEmpty;
    }
}
