using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using FastCache.Eviction;
using FastCache.Expiration;
using FastCache.Journaling;
using FastCache.Table;
using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Sharding;

/// <summary>A shard that holds at most a given number of entries, or a given weight.</summary>
/// <remarks>
/// <para>Structure changes (add, remove, evict, expire, grow, clear) happen inside a turn; values are read without one, and
/// replaced without one where nothing but the value changes or the entry's time to live grows. An insert evicts first, in its own
/// turn, so the limit holds at every instant.</para>
/// <para>No user code runs inside a turn. Keys are compared outside; inside, an insert only makes sure that no entry of the
/// same hash has been added since, and if one has, it gives the turn back and compares again.</para>
/// </remarks>
internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy, TWeights> : Shard<TKey, TValue>
    where TKey : notnull
    where TPolicy : struct, IEvictionPolicy
    where TWeights : struct, IWeights
{
    private const long NotSearched = -1;

    private readonly PinnedArray<Table<TKey, TCell>> _tables;
    private readonly int _index;
    private readonly ShardSetup<TKey, TValue> _setup;
    private readonly IEqualityComparer<TKey>? _comparer;
    private readonly CacheClock _clock;
    private readonly Journal<TKey, TValue>? _journal;
    private readonly int _maxEntryWeight;
    private readonly TableSize _initialSize;
    private readonly TWeights _weights;

    // Whether a write without options changes nothing but value and weight, as far as the cache's options go.
    private readonly bool _isPlain;

    // Whether it then needs no turn either.
    private readonly bool _updatesInPlace;

    private Turn _turn;

    // Written inside turns only.
    private Table<TKey, TCell> _table;
    private TPolicy _policy;
    private long _limit;
    private int _count;
    private uint _insertions;
    private bool _isClosed;

    // That of the clear which was here last.
    private long _generation;

    /// <param name="tables">The tables of all shards; this shard owns the one at <paramref name="index"/>.</param>
    /// <param name="index">The number of this shard.</param>
    /// <param name="size">How much it may hold.</param>
    /// <param name="createWeights">Makes the weights of so many slots.</param>
    /// <param name="createPolicy">Makes a policy for the first table.</param>
    /// <param name="setup">What the shards have in common.</param>
    public BoundedShard(
        PinnedArray<Table<TKey, TCell>> tables,
        int index,
        in ShardSize size,
        Func<int, TWeights> createWeights,
        Func<PolicySetup<TWeights>, TPolicy> createPolicy,
        ShardSetup<TKey, TValue> setup)
    {
        _tables = tables;
        _index = index;
        _setup = setup;
        _comparer = setup.Comparer;
        _clock = setup.Clock;
        _notifications = setup.Notifications;
        _journal = setup.Journal;
        _maxEntryWeight = size.MaxEntryWeight;
        _isPlain = !setup.Rules.HasDefaults;
        _updatesInPlace = _isPlain && !TWeights.Differ && _notifications is null && _journal is null;
        _limit = size.Limit;
        _initialSize = TableSize.For(MaxEntries, size.InitialEntries);
        _table = _tables[index] = CreateTable(_initialSize);
        _weights = createWeights(_table.SlotCount);
        _positions = _journal is null ? null : new ulong[_table.SlotCount];
        _policy = createPolicy(new PolicySetup<TWeights>(
            size.Limit, size.ExpectedEntries, RoomIn(_table), _table.SlotCount, _table.Positions, _weights));
    }

    /// <inheritdoc/>
    public override int Count => SharedMemory.ReadAcquire(ref _count);

    // Acquire: a search that follows sees at least the entries that were counted.
    private uint Insertions => SharedMemory.ReadAcquire(ref _insertions);

    /// <summary>Entries that the table can grow for: all that there are, too, while that is more than the limit, which was lowered.</summary>
    private int MaxEntries => TWeights.Differ ? TableSize.MaxEntries : (int)Math.Max(_limit, _count);

    // Acquire: pairs with the release in the setter; a table is complete before it can be seen.
    private Table<TKey, TCell> CurrentTable
    {
        get => SharedMemory.ReadAcquire(ref _table);
        set
        {
            SharedMemory.WriteRelease(ref _table, value);
            SharedMemory.WriteRelease(ref _tables[_index], value);
        }
    }

    /// <inheritdoc/>
    public override bool TryRemove(TKey key, KeyHash hash, [MaybeNullWhen(false)] out TValue value)
    {
        var probe = new KeyProbe<TKey>(key, _comparer);
        var wait = new SpinWait();
        JournalRecord? record = _journal?.Describe(key);
        long searchedAt;
        do
        {
            searchedAt = Insertions;
            while (TryFind(probe, hash, ref wait, out EntryStamp stamp))
            {
                if (TryRemove(stamp, RemovalCause.Explicit, record, out TCell? cell))
                {
                    record?.Complete();
                    value = Cell.Load<TValue, TCell>(cell);
                    return true;
                }

                // It changed, or is being updated: the updater may not run for a while, and the turn is free meanwhile.
                SharedMemory.Wait(ref wait);
            }
        }
        while (!TryInvalidateLoadsOf(hash, searchedAt, record));

        record?.Complete();
        value = default;
        return false;
    }

    /// <inheritdoc/>
    public override bool TrySnapshot(
        TKey key, KeyHash hash, [MaybeNullWhen(false)] out TValue value, out EntryStamp stamp)
    {
        var probe = new KeyProbe<TKey>(key, _comparer);
        var wait = new SpinWait();
        while (TryFindFresh(probe, hash, ref wait, out stamp))
        {
            if (TableOf(stamp).TryReadStable(stamp.Slot, stamp.Version, out TCell? cell))
            {
                value = Cell.Load<TValue, TCell>(cell);
                return true;
            }

            SharedMemory.Wait(ref wait);
        }

        value = default;
        return false;
    }

    /// <inheritdoc/>
    public override bool TryRemove(EntryStamp stamp, TKey key)
    {
        JournalRecord? record = _journal?.Describe(key);
        if (!TryRemove(stamp, RemovalCause.Explicit, record, out _))
        {
            return false;
        }

        record?.Complete();
        return true;
    }

    /// <inheritdoc/>
    public override bool TryMoveNext(ref ShardCursor cursor, out KeyValuePair<TKey, TValue> entry)
    {
        cursor.Table ??= CurrentTable;
        var table = Unsafe.As<Table<TKey, TCell>>(cursor.Table);
        while (cursor.NextSlot < table.SlotCount)
        {
            int slot = cursor.NextSlot++;
            Lifetime? expired = null;
            while (table.TryCopy(slot, out TKey? key, out TCell? cell, out Lifetime lifetime) && lifetime != expired)
            {
                if (!lifetime.IsExpiredAt(lifetime.IsForever ? 0 : _clock.Now()))
                {
                    entry = new KeyValuePair<TKey, TValue>(key, Cell.Load<TValue, TCell>(cell));
                    return true;
                }

                // Unless it has been written or accessed while the time was asked for.
                expired = lifetime;
            }
        }

        entry = default;
        return false;
    }

    private static void ThrowDisposed() => throw new ObjectDisposedException(typeof(Cache<TKey, TValue>).FullName);

    private static Table<TKey, TCell> TableOf(EntryStamp stamp) => Unsafe.As<Table<TKey, TCell>>(stamp.Table);

    /// <summary>Finds an entry that has not expired. One that has is not left to be found when this returns.</summary>
    private bool TryFind(KeyProbe<TKey> probe, KeyHash hash, ref SpinWait wait, out EntryStamp stamp)
        => TryFind(probe, hash, sparesStale: false, ref wait, out stamp);

    /// <summary>The same for whoever does not put anything in its place: a stale one stays for those who can use it.</summary>
    private bool TryFindFresh(KeyProbe<TKey> probe, KeyHash hash, ref SpinWait wait, out EntryStamp stamp)
        => TryFind(probe, hash, sparesStale: true, ref wait, out stamp);

    private bool TryFind(KeyProbe<TKey> probe, KeyHash hash, bool sparesStale, ref SpinWait wait, out EntryStamp stamp)
    {
        while (true)
        {
            Table<TKey, TCell> table = CurrentTable;
            int slot = table.Find(probe, hash, out uint version);
            stamp = new EntryStamp(table, slot, version);
            if (slot < 0)
            {
                return false;
            }

            if (!table.IsDue(slot))
            {
                return true;
            }

            if (TryReadLifetime(stamp, ref wait, out Lifetime lifetime))
            {
                long now = _clock.NowFor(lifetime);
                if (!lifetime.IsExpiredAt(now))
                {
                    return true;
                }

                if (sparesStale && !lifetime.IsGoneAt(now))
                {
                    return false;
                }

                Reclaim(table, slot, now, evenIfStale: true);
            }
        }
    }

    private bool TryRemove(EntryStamp stamp, RemovalCause cause, JournalRecord? record, [MaybeNullWhen(false)] out TCell cell)
    {
        bool needsMaintenance;
        using (_turn.Enter())
        {
            Table<TKey, TCell> table = TableOf(stamp);
            cell = default;
            if (table != CurrentTable)
            {
                return false;
            }

            TKey? key = KeyToNotify(stamp.Slot);
            if (!table.TryRemove(stamp.Slot, stamp.Version, out cell))
            {
                return false;
            }

            record?.Remove();
            InvalidateLoads(table.Positions[stamp.Slot]);
            Forget(stamp.Slot);
            Notify(key, cell, cause);
            needsMaintenance = NeedsMaintenance;
        }

        PostIf(needsMaintenance);
        _notifications?.AwaitRoom();
        return true;
    }

    /// <summary>Inside a turn: an entry that was removed from the table is no business of anybody's any more.</summary>
    private void Forget(int slot)
    {
        if (!IsPinned(slot))
        {
            _policy.Remove(slot);
        }

        Discount(slot);
    }

    /// <summary>Inside a turn: the same, where the policy itself has chosen the entry.</summary>
    private void Discount(int slot)
    {
        if (TWeights.Differ)
        {
            SetWeight(_weight - _weights.Of(slot));
        }

        _wheel?.Cancel(slot);
        ForgetGuard(slot);
        SetCount(_count - 1);
    }

    /// <summary>An entry that may be written only inside a turn is perhaps one of a table that is being replaced.</summary>
    private void AwaitGrowth()
    {
        using (_turn.Enter())
        {
        }
    }

    // Release: a reader of the count never sees an insert before the eviction that made room for it.
    private void SetCount(int count) => SharedMemory.WriteRelease(ref _count, count);

    private Table<TKey, TCell> CreateTable(TableSize size) => new(size, _tables.Length, _clock.Cell);

    /// <summary>The most entries that a table is used for.</summary>
    private int RoomIn(SlotTable table) => Math.Min(MaxEntries, table.SlotCount);
}
