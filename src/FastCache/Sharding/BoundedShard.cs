using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using FastCache.Eviction;
using FastCache.Table;
using FastCache.Threading;

namespace FastCache.Sharding;

/// <summary>A shard that holds at most a given number of entries.</summary>
/// <remarks>
/// <para>Structure changes (add, remove, evict, grow, clear) happen inside a turn; values are read and replaced without
/// one. An insert evicts first, in its own turn, so the count is never above the capacity.</para>
/// <para>No user code runs inside a turn. Keys are compared outside; inside, an insert only makes sure that no entry of the
/// same hash has been added since, and if one has, it gives the turn back and compares again.</para>
/// </remarks>
internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy> : Shard<TKey, TValue>
    where TKey : notnull
    where TPolicy : struct, IEvictionPolicy
{
    private const long NotSearched = -1;

    private readonly PinnedArray<Table<TKey, TCell>> _tables;
    private readonly int _index;
    private readonly int _capacity;
    private readonly TableSize _initialSize;
    private readonly IEqualityComparer<TKey>? _comparer;
    private readonly MaintenanceActor _actor;

    private Turn _turn;

    // Written inside turns only.
    private Table<TKey, TCell> _table;
    private TPolicy _policy;
    private int _count;
    private uint _insertions;
    private bool _isClosed;

    /// <param name="tables">The tables of all shards; this shard owns the one at <paramref name="index"/>.</param>
    /// <param name="index">The number of this shard.</param>
    /// <param name="capacity">The most entries it may hold; at least one.</param>
    /// <param name="size">The size to start with.</param>
    /// <param name="comparer">See <see cref="KeyProbe{TKey}"/>.</param>
    /// <param name="createPolicy">Makes a policy for the first table.</param>
    /// <param name="actor">Who does what can wait.</param>
    public BoundedShard(
        PinnedArray<Table<TKey, TCell>> tables,
        int index,
        int capacity,
        TableSize size,
        IEqualityComparer<TKey>? comparer,
        Func<int, int, PinnedArray<uint>, TPolicy> createPolicy,
        MaintenanceActor actor)
    {
        _tables = tables;
        _index = index;
        _capacity = capacity;
        _initialSize = size;
        _comparer = comparer;
        _actor = actor;

        _table = _tables[index] = new Table<TKey, TCell>(size, _tables.Length);
        _policy = createPolicy(capacity, _table.SlotCount, _table.Positions);
    }

    /// <inheritdoc/>
    public override int Count => SharedMemory.ReadAcquire(ref _count);

    // Acquire: a search that follows sees at least the entries that were counted.
    private uint Insertions => SharedMemory.ReadAcquire(ref _insertions);

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
    public override bool Set(TKey key, KeyHash hash, TValue value)
    {
        TCell cell = Cell.Store<TValue, TCell>(value);
        UpdateOutcome outcome = _comparer is null
            ? CurrentTable.TryUpdateFirst(key, hash, cell)
            : UpdateOutcome.Changed;
        return outcome == UpdateOutcome.Updated || SetAnywhere(key, hash, cell, outcome);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool SetAnywhere(TKey key, KeyHash hash, TCell cell, UpdateOutcome outcome)
    {
        var probe = new KeyProbe<TKey>(key, _comparer);
        var wait = new SpinWait();
        long searchedAt = NotSearched;
        while (true)
        {
            if (outcome == UpdateOutcome.Changed)
            {
                searchedAt = Insertions;
                outcome = CurrentTable.TryUpdate(probe, hash, cell);
            }

            switch (outcome)
            {
                case UpdateOutcome.Updated:
                    return true;
                case UpdateOutcome.NeedsTurn:
                    AwaitGrowth();
                    break;
                default:
                    if (TryInsert(key, hash, cell, searchedAt, ref wait))
                    {
                        return true;
                    }

                    break;
            }

            outcome = UpdateOutcome.Changed;
        }
    }

    /// <inheritdoc/>
    public override bool TryAdd(TKey key, KeyHash hash, TValue value)
    {
        TCell cell = Cell.Store<TValue, TCell>(value);
        var probe = new KeyProbe<TKey>(key, _comparer);
        var wait = new SpinWait();
        while (true)
        {
            long searchedAt = Insertions;
            if (CurrentTable.Find(probe, hash, out _) >= 0)
            {
                return false;
            }

            if (TryInsert(key, hash, cell, searchedAt, ref wait))
            {
                return true;
            }
        }
    }

    /// <inheritdoc/>
    public override TValue GetOrAdd(TKey key, KeyHash hash, TValue value)
    {
        TCell cell = Cell.Store<TValue, TCell>(value);
        var probe = new KeyProbe<TKey>(key, _comparer);
        var wait = new SpinWait();

        // The caller has just missed: in all likelihood the key is still absent, and the first try says so.
        for (long searchedAt = NotSearched; !TryInsert(key, hash, cell, searchedAt, ref wait);)
        {
            searchedAt = Insertions;
            if (CurrentTable.TryRead<KeyProbe<TKey>, Use>(probe, hash, out TCell? present))
            {
                return Cell.Load<TValue, TCell>(present);
            }
        }

        return value;
    }

    /// <inheritdoc/>
    public override bool TryUpdate(TKey key, KeyHash hash, TValue value)
    {
        TCell cell = Cell.Store<TValue, TCell>(value);
        var probe = new KeyProbe<TKey>(key, _comparer);
        while (true)
        {
            switch (CurrentTable.TryUpdate(probe, hash, cell))
            {
                case UpdateOutcome.Updated:
                    return true;
                case UpdateOutcome.NeedsTurn:
                    AwaitGrowth();
                    break;
                default:
                    return false;
            }
        }
    }

    /// <inheritdoc/>
    public override bool TryRemove(TKey key, KeyHash hash, [MaybeNullWhen(false)] out TValue value)
    {
        var probe = new KeyProbe<TKey>(key, _comparer);
        var wait = new SpinWait();
        while (true)
        {
            Table<TKey, TCell> table = CurrentTable;
            int slot = table.Find(probe, hash, out uint version);
            if (slot < 0)
            {
                value = default;
                return false;
            }

            if (TryRemove(new EntryStamp(table, slot, version), out TCell? cell))
            {
                value = Cell.Load<TValue, TCell>(cell);
                return true;
            }

            // It changed, or is being updated: the updater may not run for a while, and the turn is free meanwhile.
            SharedMemory.Wait(ref wait);
        }
    }

    /// <inheritdoc/>
    public override bool TrySnapshot(
        TKey key, KeyHash hash, [MaybeNullWhen(false)] out TValue value, out EntryStamp stamp)
    {
        var probe = new KeyProbe<TKey>(key, _comparer);
        var wait = new SpinWait();
        while (true)
        {
            Table<TKey, TCell> table = CurrentTable;
            int slot = table.Find(probe, hash, out uint version);
            if (slot < 0)
            {
                (value, stamp) = (default, default);
                return false;
            }

            if (table.TryReadStable(slot, version, out TCell? cell))
            {
                value = Cell.Load<TValue, TCell>(cell);
                stamp = new EntryStamp(table, slot, version);
                return true;
            }

            SharedMemory.Wait(ref wait);
        }
    }

    /// <inheritdoc/>
    public override bool TryReplace(EntryStamp stamp, TValue value)
    {
        switch (TableOf(stamp).TryUpdate(stamp.Slot, stamp.Version, Cell.Store<TValue, TCell>(value)))
        {
            case UpdateOutcome.Updated:
                return true;
            case UpdateOutcome.NeedsTurn:
                AwaitGrowth();
                return false;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public override bool TryRemove(EntryStamp stamp) => TryRemove(stamp, out _);

    /// <inheritdoc/>
    public override bool TryMoveNext(ref ShardCursor cursor, out KeyValuePair<TKey, TValue> entry)
    {
        cursor.Table ??= CurrentTable;
        var table = Unsafe.As<Table<TKey, TCell>>(cursor.Table);
        while (cursor.NextSlot < table.SlotCount)
        {
            if (table.TryCopy(cursor.NextSlot++, out TKey? key, out TCell? cell))
            {
                entry = new KeyValuePair<TKey, TValue>(key, Cell.Load<TValue, TCell>(cell));
                return true;
            }
        }

        entry = default;
        return false;
    }

    private static void ThrowDisposed() => throw new ObjectDisposedException(typeof(Cache<TKey, TValue>).FullName);

    private static Table<TKey, TCell> TableOf(EntryStamp stamp) => Unsafe.As<Table<TKey, TCell>>(stamp.Table);

    private bool TryRemove(EntryStamp stamp, [MaybeNullWhen(false)] out TCell cell)
    {
        bool needsMaintenance;
        using (_turn.Enter())
        {
            Table<TKey, TCell> table = TableOf(stamp);
            if (table != CurrentTable || !table.TryRemove(stamp.Slot, stamp.Version, out cell))
            {
                cell = default;
                return false;
            }

            _policy.Remove(stamp.Slot);
            SetCount(_count - 1);
            needsMaintenance = NeedsMaintenance;
        }

        if (needsMaintenance)
        {
            _actor.Post(_index);
        }

        return true;
    }

    /// <summary>An entry that may be written only inside a turn is one of a table that is being replaced.</summary>
    private void AwaitGrowth()
    {
        using (_turn.Enter())
        {
        }
    }

    // Release: a reader of the count never sees an insert before the eviction that made room for it.
    private void SetCount(int count) => SharedMemory.WriteRelease(ref _count, count);
}
