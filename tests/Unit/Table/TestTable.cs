using System.Reflection;
using FastCache.Table;
using FastCache.Timing;
using Xunit;

namespace FastCache.Tests.Unit.Table;

/// <summary>A table of so many groups, with a look at what it keeps private.</summary>
internal sealed class TestTable<TKey, TCell>(TableSize size, IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    public TestTable(int groups, IEqualityComparer<TKey>? comparer = null)
        : this(TestSizes.WithGroups(groups), comparer)
    {
    }

    public Table<TKey, TCell> Table { get; } = new(size, siblings: 1, TickCell.AtTheLast);

    public Entry<TKey, TCell>[] Entries
        => (Entry<TKey, TCell>[])PrivateField(PrivateField(Table, "_entries"), "_items");

    private static object PrivateField(object owner, string name)
        => owner.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(owner)!;

    public KeyProbe<TKey> Probe(TKey key) => new(key, comparer);

    /// <summary>Inserts into the table, which has room.</summary>
    public int Insert(TKey key, KeyHash hash, TCell cell, byte referenced = 0)
        => Insert(key, hash, cell, default, Tick.Never, referenced);

    /// <summary>The same with a lifetime, for which there is room.</summary>
    public int Insert(TKey key, KeyHash hash, TCell cell, Lifetime lifetime, uint attentionTick, byte referenced = 0)
    {
        Assert.True(Table.TryInsert(key, hash, cell, lifetime, attentionTick, referenced, -1, out int slot));
        return slot;
    }

    public int Find(TKey key, KeyHash hash) => Table.Find(Probe(key), hash, out _);

    /// <summary>Finds a key, which is present, and the version that it was found with.</summary>
    public (int Slot, uint Version) FindVersion(TKey key, KeyHash hash)
    {
        int slot = Table.Find(Probe(key), hash, out uint version);
        Assert.NotEqual(-1, slot);
        return (slot, version);
    }

    public bool TryRead(TKey key, KeyHash hash, out TCell? cell)
        => Table.TryRead<KeyProbe<TKey>, Use>(Probe(key), hash, out cell, out _) == ReadOutcome.Hit;

    public bool TryPeek(TKey key, KeyHash hash, out TCell? cell)
        => Table.TryRead<KeyProbe<TKey>, Peek>(Probe(key), hash, out cell, out _) == ReadOutcome.Hit;

    /// <summary>Reads as a cache does: the home group first.</summary>
    public ReadResult<TCell> Read(TKey key, KeyHash hash)
    {
        ReadResult<TCell> result = Table.ReadHome(key, hash);
        if (result.Outcome != ReadOutcome.Changed)
        {
            return result;
        }

        ReadOutcome outcome = Table.TryRead<KeyProbe<TKey>, Use>(Probe(key), hash, out TCell? cell, out _);
        return new ReadResult<TCell>(cell, outcome);
    }

    /// <summary>Finds a key and replaces its value; waits for other updates.</summary>
    public UpdateOutcome TryUpdate(TKey key, KeyHash hash, TCell cell)
    {
        var wait = new SpinWait();
        while (true)
        {
            int slot = Table.Find(Probe(key), hash, out uint version);
            UpdateOutcome outcome = slot < 0 ? UpdateOutcome.Absent : Table.TryUpdate(slot, version, cell);
            if (outcome != UpdateOutcome.Changed)
            {
                return outcome;
            }

            wait.SpinOnce();
        }
    }

    public uint VersionOf(int slot) => Entries[slot].Version;

    /// <summary>Puts an entry into a state, as a thread in the middle of an update or a growth would.</summary>
    public void SetState(int slot, uint state)
    {
        ref uint version = ref Entries[slot].Version;
        version = EntryVersion.WithState(version, state);
    }

    public byte OverflowOf(int group)
    {
        byte overflow = Table.Groups[group].Overflow;
        GC.KeepAlive(Table);
        return overflow;
    }

    public bool IsReferenced(int slot)
    {
        bool isReferenced = Table.Groups.IsReferenced(slot);
        GC.KeepAlive(Table);
        return isReferenced;
    }

    public void ClearReferenced(int slot)
    {
        Table.Groups.ClearReferenced(slot);
        GC.KeepAlive(Table);
    }

    /// <summary>Every slot that a search for a key of this hash may visit.</summary>
    public int[] Neighbourhood(KeyHash hash)
        => [.. Enumerable.Range(0, Table.NeighbourhoodSize).Select(number => Table.Neighbour(hash, number))];
}
