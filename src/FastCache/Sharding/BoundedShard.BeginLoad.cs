using System.Diagnostics.CodeAnalysis;
using FastCache.Loading;
using FastCache.Table;
using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Sharding;

internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy, TWeights>
{
    /// <inheritdoc/>
    public override LoadStart BeginLoad(
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
            LoadStart? start = kind == LoadKind.Background ? LoadStart.NotNeeded : LoadStart.Lead;
            if (slot >= 0)
            {
                start = Examine(stamp, options, kind, ref wait, out previous);
            }

            if (start == LoadStart.Lead)
            {
                start = Enlist(key, hash, stamp, searchedAt, kind, previous, out flight);
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
            return kind == LoadKind.Background ? LoadStart.NotNeeded : ReadFresh(stamp, ref wait, out previous);
        }

        if (!TryReadLifetime(stamp, ref wait, out Lifetime lifetime))
        {
            return null;
        }

        long now = _clock.NowFor(lifetime);
        if (lifetime.IsGoneAt(now))
        {
            Reclaim(table, stamp.Slot, now);
            return null;
        }

        bool isFresh = !lifetime.IsExpiredAt(now);
        if (isFresh && kind == LoadKind.Foreground)
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
        previous = new PreviousValue<TValue>(Cell.Load<TValue, TCell>(cell), lifetime.ExpiresAt, Exists: true, maySave && !isFresh);
        if (kind == LoadKind.Background)
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
        previous = new PreviousValue<TValue>(value, 0, Exists: true, MayServe: false);
        return outcome switch
        {
            ReadOutcome.Hit => LoadStart.Hit,
            ReadOutcome.HitToRefresh => LoadStart.HitToRefresh,
            _ => null,
        };
    }

    /// <summary>Joins a load of the key, or registers a new one; null if the key must be searched again.</summary>
    private LoadStart? Enlist(
        TKey key,
        KeyHash hash,
        EntryStamp stamp,
        long searchedAt,
        LoadKind kind,
        in PreviousValue<TValue> previous,
        out Flight<TKey, TValue>? flight)
    {
        Flight<TKey, TValue> own = _setup.Flights.Get();
        own.Begin(key, hash.Position, stamp.Slot, kind == LoadKind.Background);
        if (previous.Exists)
        {
            own.SetPrevious(previous.Value, previous.ExpiresAt, previous.MayServe);
        }

        // Loads of other keys with the same hash: held, so that none of them becomes one of this key meanwhile.
        List<Flight<TKey, TValue>>? others = null;
        LoadStart? start = null;
        flight = null;
        try
        {
            while (true)
            {
                using (_turn.Enter())
                {
                    start = Enlist(own, hash, stamp, searchedAt, kind, others, out flight);
                }

                // A key is compared outside the turn, with the load already joined.
                if (flight is null || flight == own || HasKey(flight, key))
                {
                    break;
                }

                (others ??= []).Add(flight);
                flight = null;
            }
        }
        catch
        {
            LetGo(flight);
            flight = null;
            throw;
        }
        finally
        {
            others?.ForEach(LetGo);
            if (start != LoadStart.Lead)
            {
                own.Release();
            }
        }

        if (start == LoadStart.Lead)
        {
            SharedMemory.FullFence();
        }

        return start;
    }

    /// <summary>Inside a turn.</summary>
    private LoadStart? Enlist(
        Flight<TKey, TValue> own,
        KeyHash hash,
        EntryStamp stamp,
        long searchedAt,
        LoadKind kind,
        List<Flight<TKey, TValue>>? others,
        out Flight<TKey, TValue>? flight)
    {
        flight = null;
        if (_isClosed)
        {
            if (kind == LoadKind.Background)
            {
                return LoadStart.NotNeeded;
            }

            ThrowDisposed();
        }

        flight = _flights.First(hash.Position);
        while (flight is not null && others is not null && others.Contains(flight))
        {
            flight = FlightTable<TKey, TValue>.After(flight);
        }

        if (flight is not null)
        {
            return Join(ref flight, kind);
        }

        bool isUnchanged = stamp.Slot < 0
            ? searchedAt == _insertions || !CurrentTable.MayHold(hash)
            : stamp.Table == CurrentTable && CurrentTable.TryGuard(stamp.Slot, stamp.Version);
        if (!isUnchanged)
        {
            return null;
        }

        flight = own;
        _flights.Add(own);
        return LoadStart.Lead;
    }

    private static LoadStart Join(ref Flight<TKey, TValue>? flight, LoadKind kind)
    {
        if (kind == LoadKind.Background)
        {
            flight = null;
            return LoadStart.NotNeeded;
        }

        flight!.Join();
        return flight.IsInvalidated ? LoadStart.WaitAndRetry : LoadStart.Join;
    }

    private bool HasKey(Flight<TKey, TValue> flight, TKey key) => new KeyProbe<TKey>(key, _comparer).Matches(flight.Key);

    private static void LetGo(Flight<TKey, TValue>? flight)
    {
        flight?.Leave();
        flight?.Release();
    }
}
