using System.Diagnostics.CodeAnalysis;
using FastCache.Diagnostics;
using FastCache.Loading;
using FastCache.Table;
using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Sharding;

internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy, TWeights>
{
    /// <inheritdoc/>
    public override LoadStart BeginLoad(
        TKey key,
        KeyHash hash,
        LoadOptions options,
        LoadKind kind,
        bool hasMissed,
        out TValue? value,
        out Flight<TKey, TValue>? flight)
    {
        if (hasMissed && TryBeginAbsent(key, hash, out flight))
        {
            value = default;
            return LoadStart.Lead;
        }

        return SearchAndBeginLoad(key, hash, options, kind, out value, out flight);
    }

    /// <summary>Registers a load in the likely case: the key, which a search has not found, is still absent, and nobody loads it.</summary>
    private bool TryBeginAbsent(TKey key, KeyHash hash, [NotNullWhen(true)] out Flight<TKey, TValue>? flight)
    {
        using (_turn.Enter())
        {
            if (_isClosed || _flights.First(hash.Position) is not null || CurrentTable.MayHold(hash))
            {
                flight = null;
                return false;
            }

            flight = TakeFlight();
            flight.Begin(key, hash.Position, NoGuard, isBackground: false, _setup.Tags.Generation);
            _flights.Add(flight);
        }

        FenceBeforeFactory();
        return true;
    }

    private LoadStart SearchAndBeginLoad(
        TKey key, KeyHash hash, LoadOptions options, LoadKind kind, out TValue? value, out Flight<TKey, TValue>? flight)
    {
        var probe = new KeyProbe<TKey>(key, _comparer);
        var wait = new SpinWait();
        flight = null;
        while (true)
        {
            long searchedAt = Insertions;
            Table<TKey, TCell> table = CurrentTable;
            int slot = table.Find(probe, hash, out uint version);
            var stamp = new EntryStamp(table, slot, version);
            PreviousValue<TValue> previous = default;
            LoadStart? start = kind == LoadKind.Refresh ? LoadStart.NotNeeded : LoadStart.Lead;
            if (slot >= 0)
            {
                start = Examine(stamp, options, kind, ref wait, out previous);
            }

            if (start == LoadStart.Lead)
            {
                start = Enlist(new LoadSearch<TKey, TValue>(key, hash, kind, stamp, searchedAt, previous), out flight);
            }

            if (start is { } known)
            {
                value = previous.Value;
                return known;
            }
        }
    }

    /// <summary>Says what an entry that was found means for a load; null if the key must be searched again.</summary>
    private LoadStart? Examine(
        EntryStamp stamp, LoadOptions options, LoadKind kind, ref SpinWait wait, out PreviousValue<TValue> previous)
    {
        Table<TKey, TCell> table = TableOf(stamp);
        previous = default;
        if (!table.IsDue(stamp.Slot))
        {
            return kind == LoadKind.Refresh ? LoadStart.NotNeeded : ReadFresh(stamp, ref wait, out previous);
        }

        if (!TryReadLifetime(stamp, ref wait, out Lifetime lifetime))
        {
            return null;
        }

        long now = _clock.NowFor(lifetime);
        bool isFresh = !lifetime.IsExpiredAt(now);
        if (lifetime.IsGoneAt(now))
        {
            Reclaim(table, stamp.Slot, now);
            return null;
        }

        if (isFresh && kind != LoadKind.Refresh)
        {
            return ReadFresh(stamp, ref wait, out previous);
        }

        if (!table.TryReadStable(stamp.Slot, stamp.Version, out TCell? cell))
        {
            SharedMemory.Wait(ref wait);
            return null;
        }

        long age = now - lifetime.ExpiresAt;
        bool maySave = age < options.FailSafeMaxDuration.Ticks;
        previous = new PreviousValue<TValue>(
            Cell.Load<TValue, TCell>(cell), lifetime.ExpiresAt, Exists: true, maySave && !isFresh, lifetime.Tags);
        if (kind == LoadKind.Refresh)
        {
            bool isDue = isFresh ? lifetime.IsRefreshDueAt(now) : lifetime.RefreshAt <= now;
            return isDue ? LoadStart.Lead : LoadStart.NotNeeded;
        }

        bool revalidates = age < options.StaleWhileRevalidate.Ticks;
        return lifetime.RefreshAt > now && (maySave || revalidates) ? LoadStart.StaleHit
            : revalidates ? LoadStart.StaleHitToRefresh
            : LoadStart.Lead;
    }

    private LoadStart? ReadFresh(EntryStamp stamp, ref SpinWait wait, out PreviousValue<TValue> previous)
    {
        ReadOutcome outcome = ReadFound(stamp, ref wait, out TValue? value);
        previous = new PreviousValue<TValue>(value, 0, Exists: true, MayServe: false, Tags: null);
        return outcome switch
        {
            ReadOutcome.Hit => LoadStart.Hit,
            ReadOutcome.HitToRefresh => LoadStart.HitToRefresh,
            _ => null,
        };
    }

    /// <summary>Joins a load of the key, or registers a new one; null if the key must be searched again.</summary>
    private LoadStart? Enlist(in LoadSearch<TKey, TValue> search, out Flight<TKey, TValue>? flight)
    {
        LoadStart? start;
        using (_turn.Enter())
        {
            start = EnlistInTurn(search, others: null, out flight);
        }

        if (start == LoadStart.Lead)
        {
            FenceBeforeFactory();
        }
        else if (flight is not null && !TryJoin(flight, search.Key))
        {
            return EnlistBesideOthers(search, ref flight);
        }

        return start;
    }

    /// <summary>The same where loads of other keys with the same hash are under way.</summary>
    private LoadStart? EnlistBesideOthers(in LoadSearch<TKey, TValue> search, ref Flight<TKey, TValue>? flight)
    {
        // Held, so that none of them becomes one of this key meanwhile.
        List<Flight<TKey, TValue>> others = [];
        LoadStart? start;
        try
        {
            do
            {
                others.Add(flight!);
                using (_turn.Enter())
                {
                    start = EnlistInTurn(search, others, out flight);
                }
            }
            while (start is LoadStart.Join or LoadStart.JoinLate or LoadStart.WaitAndRetry && !TryJoin(flight!, search.Key));
        }
        finally
        {
            others.ForEach(static other => other.Release());
        }

        FenceBeforeFactory();
        return start;
    }

    // Pairs with the fence of who writes or removes an absent key: see TryInvalidateLoadsOf.
    private static void FenceBeforeFactory() => SharedMemory.FullFence();

    private LoadStart? EnlistInTurn(
        in LoadSearch<TKey, TValue> search, List<Flight<TKey, TValue>>? others, out Flight<TKey, TValue>? flight)
    {
        bool isRefresh = search.Kind == LoadKind.Refresh;
        if (_isClosed && !isRefresh)
        {
            ThrowDisposed();
        }

        flight = _flights.First(search.Hash.Position);
        while (flight is not null && others is not null && others.Contains(flight))
        {
            flight = FlightTable<TKey, TValue>.After(flight);
        }

        if (flight is not null && !isRefresh)
        {
            flight.HoldToJoin();
            return flight.IsInvalidated ? LoadStart.WaitAndRetry
                : flight.TagGeneration != _setup.Tags.Generation ? LoadStart.JoinLate
                : LoadStart.Join;
        }

        if (flight is not null || _isClosed)
        {
            flight = null;
            return LoadStart.NotNeeded;
        }

        if (!IsAsFound(search))
        {
            return null;
        }

        flight = TakeFlight();
        flight.Begin(search.Key, search.Hash.Position, search.Stamp.Slot, isRefresh, _setup.Tags.Generation);
        if (search.Previous is { Exists: true } previous)
        {
            flight.SetPrevious(previous.Value, previous.ExpiresAt, previous.MayServe, previous.Tags);
        }

        _flights.Add(flight);
        return LoadStart.Lead;
    }

    /// <summary>Inside a turn: whether a key is still absent, or its entry is still the one that was found, which is guarded then.</summary>
    private bool IsAsFound(in LoadSearch<TKey, TValue> search)
        => search.Stamp.Slot < 0
            ? search.SearchedAt == _insertions || !CurrentTable.MayHold(search.Hash)
            : search.Stamp.Table == CurrentTable && CurrentTable.TryGuard(search.Stamp.Slot, search.Stamp.Version);

    /// <summary>
    /// Joins, outside any turn, a load that is held, if it is one of the key; false if it is another key's. Lets go of it if the comparer
    /// throws.
    /// </summary>
    private bool TryJoin(Flight<TKey, TValue> flight, TKey key)
    {
        try
        {
            if (!new KeyProbe<TKey>(key, _comparer).Matches(flight.Key))
            {
                return false;
            }
        }
        catch
        {
            flight.Release();
            throw;
        }

        flight.Join();
        return true;
    }
}
