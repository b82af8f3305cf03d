using FastCache.Expiration;
using FastCache.Journaling;
using FastCache.Table;
using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Sharding;

internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy, TWeights>
{
    // Slots that one turn looks at whose ticks have come: of a write, and of a piece of maintenance.
    private const int TimersPerWrite = 4;
    private const int TimersPerMaintenance = 128;

    // Written inside turns only. Made for the first entry that expires.
    private TimerWheel? _wheel;
    private long _nextTimerTick = long.MaxValue;

    /// <inheritdoc/>
    public override long NextTimerTick => SharedMemory.ReadAcquire(ref _nextTimerTick);

    /// <inheritdoc/>
    public override long TimerBytes => _wheel?.SizeInBytes ?? 0;

    /// <inheritdoc/>
    public override bool TryExpire(int slot, long now)
        => TryExpire(slot, now, evenIfStale: false);

    /// <inheritdoc/>
    public override ReadOutcome ReadDue(EntryStamp stamp, bool countsAsHit, ref SpinWait wait, out TValue? value)
    {
        Table<TKey, TCell> table = TableOf(stamp);
        value = default;
        if (!TryReadLifetime(stamp, ref wait, out Lifetime lifetime)
            || !table.TryReadStable(stamp.Slot, stamp.Version, out TCell? cell))
        {
            return ReadOutcome.Changed;
        }

        long now = _clock.NowFor(lifetime);
        if (lifetime.IsExpiredAt(now))
        {
            // The time was asked for after the entry was looked at: one that has been written or accessed since lives on.
            if (!TryReadLifetime(stamp, ref wait, out Lifetime later) || later != lifetime)
            {
                return ReadOutcome.Changed;
            }

            if (lifetime.IsGoneAt(now))
            {
                TryReclaim(table, stamp.Slot, now);
            }

            return ReadOutcome.Absent;
        }

        TValue found = Cell.Load<TValue, TCell>(cell);
        if (countsAsHit && !TryCountAccess(stamp, found, lifetime, now))
        {
            return ReadOutcome.Changed;
        }

        value = found;
        return lifetime.IsRefreshDueAt(now) ? ReadOutcome.HitToRefresh : ReadOutcome.Hit;
    }

    /// <inheritdoc/>
    public override TimeSpan? TimeToLive(TKey key, KeyHash hash)
    {
        var probe = new KeyProbe<TKey>(key, _comparer);
        var wait = new SpinWait();
        while (TryFindFresh(probe, hash, ref wait, out EntryStamp stamp))
        {
            if (TryReadLifetime(stamp, ref wait, out Lifetime lifetime))
            {
                return ExpiryRules<TKey, TValue>.TimeToLive(lifetime, lifetime.IsForever ? 0 : _clock.Now());
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override WriteOutcome TrySetExpiry(TKey key, KeyHash hash, in EntryOptions options)
    {
        var probe = new KeyProbe<TKey>(key, _comparer);
        var wait = new SpinWait();
        while (TryFindFresh(probe, hash, ref wait, out EntryStamp stamp))
        {
            WriteOutcome outcome = TrySetExpiry(stamp, key, options, ref wait);
            if (outcome != WriteOutcome.Changed)
            {
                return outcome;
            }
        }

        return WriteOutcome.Absent;
    }

    private WriteOutcome TrySetExpiry(EntryStamp stamp, TKey key, in EntryOptions options, ref SpinWait wait)
    {
        if (!TryReadLifetime(stamp, ref wait, out Lifetime current)
            || !TableOf(stamp).TryReadStable(stamp.Slot, stamp.Version, out TCell? cell))
        {
            return WriteOutcome.Changed;
        }

        long now = _clock.Now();
        Lifetime lifetime = _setup.Rules.OfUpdated(
            key, Cell.Load<TValue, TCell>(cell), options, current, _clock, ref now) with { Tags = TagsOf(options) ?? current.Tags };
        JournalRecord? record = _journal?.Describe(key, Cell.Load<TValue, TCell>(cell));
        record?.SetLifetime(lifetime, now);
        bool isOver = lifetime.IsOverAt(now);
        if (!(isOver ? TryRemove(stamp, RemovalCause.Expired, record, out _) : TrySetLifetime(stamp, current, lifetime, record)))
        {
            return WriteOutcome.Changed;
        }

        record?.Complete();
        return isOver ? Refuse(weight: 0) : WriteOutcome.Kept;
    }

    private bool TryExpire(int slot, long now, bool evenIfStale)
    {
        TKey? key = KeyToNotify(slot);
        if (!CurrentTable.TryExpire(slot, now, evenIfStale, out TCell? cell, out bool wasInvalidated))
        {
            return false;
        }

        Forget(slot);
        Notify(key, cell, wasInvalidated ? RemovalCause.Explicit : RemovalCause.Expired);
        _expirations += wasInvalidated ? 0 : 1;
        return true;
    }

    /// <summary>Notes that an entry was accessed, which may move its expiry. False if the key must be searched again.</summary>
    private bool TryCountAccess(EntryStamp stamp, TValue value, in Lifetime lifetime, long now)
    {
        Table<TKey, TCell> table = TableOf(stamp);
        table.Touch(stamp.Slot);
        if (_setup.Rules.ExaminesReads)
        {
            return TryFollowRead(stamp, value, lifetime, now);
        }

        if (lifetime.IdleLimit == 0)
        {
            // One that is guarded is looked at again soon enough.
            if (EntryVersion.State(stamp.Version) == EntryVersion.Live)
            {
                table.TryRaiseAttention(stamp.Slot, stamp.Version, _clock.AttentionTickOf(lifetime));
            }

            return true;
        }

        long access = _setup.Rules.AccessAt(now);
        Lifetime accessed = lifetime with { LastAccess = Math.Max(lifetime.LastAccess, access) };
        uint attentionTick = _clock.AttentionTickOf(accessed);
        if (EntryVersion.State(stamp.Version) != EntryVersion.Guarded)
        {
            return table.TryNoteAccess(stamp.Slot, stamp.Version, access, attentionTick);
        }

        using (_turn.Enter())
        {
            return table == CurrentTable && table.TryNoteAccess(stamp.Slot, stamp.Version, access, attentionTick);
        }
    }

    private bool TryFollowRead(EntryStamp stamp, TValue value, in Lifetime lifetime, long now)
    {
        if (!TableOf(stamp).TryCopy(stamp.Slot, out TKey? key, out _, out _)
            || !TableOf(stamp).IsUnchanged(stamp.Slot, stamp.Version))
        {
            return false;
        }

        Lifetime updated = _setup.Rules.OfRead(key, value, lifetime, _clock, now);
        if (updated == lifetime)
        {
            return true;
        }

        // A longer life may be forgotten; a shorter one must not.
        JournalRecord? record = updated.ExpiresAt < lifetime.ExpiresAt ? _journal?.Describe(key, value) : null;
        record?.SetLifetime(updated, now);
        if (TrySetLifetime(stamp, lifetime, updated, record))
        {
            record?.Complete();
            return true;
        }

        if (TableOf(stamp).IsHeld(stamp.Slot, stamp.Version))
        {
            AwaitGrowth();
            return false;
        }

        // Another read or a write has been faster, and its word counts.
        return true;
    }

    private bool TrySetLifetime(EntryStamp stamp, in Lifetime current, in Lifetime lifetime, JournalRecord? record)
    {
        Table<TKey, TCell> table = TableOf(stamp);
        uint attentionTick = _clock.AttentionTickOf(lifetime);
        if (record is null && EntryVersion.State(stamp.Version) == EntryVersion.Live && HasTimer(table, current, lifetime))
        {
            return table.TryUpdateLifetime(stamp.Slot, stamp.Version, current, lifetime, attentionTick);
        }

        EnsureClockRuns(lifetime);
        using (_turn.Enter())
        {
            if (table != CurrentTable || !table.IsUnchanged(stamp.Slot, stamp.Version))
            {
                return false;
            }

            PrepareFor(lifetime);
            if (!table.TryUpdateLifetime(stamp.Slot, stamp.Version, current, lifetime, attentionTick))
            {
                return false;
            }

            WriteDown(record, stamp.Slot);
            Schedule(stamp.Slot, lifetime);
            return true;
        }
    }

    /// <summary>Whether an entry's timer is early enough for another lifetime, and the table has room for that.</summary>
    private static bool HasTimer(SlotTable table, in Lifetime current, in Lifetime lifetime)
        => lifetime.GoneAt >= current.GoneAt
            && (lifetime.IsPlain || (table.Times?.HasRoomFor(lifetime) ?? false));

    /// <summary>Reads until when an entry may be served. False, after waiting, if it has changed or is being updated.</summary>
    private static bool TryReadLifetime(EntryStamp stamp, ref SpinWait wait, out Lifetime lifetime)
    {
        Table<TKey, TCell> table = TableOf(stamp);
        lifetime = table.LifetimeOf(stamp.Slot);
        if (EntryVersion.State(stamp.Version) != EntryVersion.Updating && table.IsUnchanged(stamp.Slot, stamp.Version))
        {
            return true;
        }

        SharedMemory.Wait(ref wait);
        return false;
    }

    private void EnsureClockRuns(in Lifetime lifetime)
    {
        if (!lifetime.IsForever)
        {
            _clock.EnsureRunning();
        }
    }

    /// <summary>Inside a turn: takes the memory that an entry with this lifetime needs, before it is written.</summary>
    private void PrepareFor(in Lifetime lifetime)
    {
        if (!lifetime.IsForever)
        {
            _wheel ??= new TimerWheel(CurrentTable.SlotCount, _clock.CurrentTick);
        }

        if (!lifetime.IsPlain)
        {
            CurrentTable.EnsureTimes(lifetime);
        }
    }

    /// <summary>Inside a turn: sets the timer of an entry that has been written.</summary>
    private void Schedule(int slot, in Lifetime lifetime)
    {
        if (lifetime.IsForever)
        {
            _wheel?.Cancel(slot);
            return;
        }

        long tick = Tick.AtOrAfter(lifetime.GoneAt);
        _wheel!.Schedule(slot, tick);
        if (tick < _nextTimerTick)
        {
            SharedMemory.WriteRelease(ref _nextTimerTick, tick);
        }
    }

    /// <summary>Inside a turn: reclaims what has expired. False if there is more.</summary>
    private bool AdvanceTimers(long tick, int budget)
    {
        // A timer that was cancelled may have been the next one: whoever asks for it would ask again each tick.
        if (_wheel is null || _nextTimerTick > tick)
        {
            return true;
        }

        // What is due by a tick has expired when the tick begins.
        bool isDone = _wheel.Advance(tick, new TimerHost(this, CurrentTable, tick * Tick.Length), budget);
        PublishNextTimer();
        return isDone;
    }

    private void PublishNextTimer() => SharedMemory.WriteRelease(ref _nextTimerTick, _wheel?.NextTick ?? long.MaxValue);

    /// <summary>Reclaims an entry that has expired.</summary>
    private void Reclaim(Table<TKey, TCell> table, int slot, long now, bool evenIfStale = false)
        => Reclaim(_turn.Enter(), table, slot, now, evenIfStale);

    /// <summary>The same for a reader, who does not wait for a turn: the wheel comes by soon.</summary>
    private void TryReclaim(Table<TKey, TCell> table, int slot, long now)
    {
        if (_turn.TryEnter(out Turn.Scope turn))
        {
            Reclaim(turn, table, slot, now, evenIfStale: false);
        }
    }

    private void Reclaim(Turn.Scope turn, Table<TKey, TCell> table, int slot, long now, bool evenIfStale)
    {
        bool needsMaintenance;
        using (turn)
        {
            needsMaintenance = table == CurrentTable && TryExpire(slot, now, evenIfStale) && NeedsMaintenance;
        }

        PostIf(needsMaintenance);
    }
}
