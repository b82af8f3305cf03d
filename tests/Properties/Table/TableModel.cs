using FastCache.Table;
using FastCache.Timing;
using Xunit;

namespace FastCache.Tests.Properties.Table;

/// <summary>A table beside a dictionary: every operation is done to both, and the answers compared.</summary>
internal sealed class TableModel(int groups, Func<int, KeyHash> hashOf)
{
    private readonly Table<int, string> _table = Create(SizeWith(groups));
    private readonly Dictionary<int, string> _entries = [];
    private readonly HashSet<int> _referenced = [];
    private int _writes;

    /// <summary>The final size of a table that has so many groups.</summary>
    public static TableSize SizeWith(int groups)
    {
        var size = TableSize.For(1, 1);
        while (size.Groups < groups)
        {
            size = TableSize.For(size.FullAt + 1, size.FullAt + 1);
        }

        return size;
    }

    public void Do(Step step)
    {
        int key = step.Argument;
        switch (step.Kind)
        {
            case < 40:
                Insert(key);
                break;
            case < 60:
                Remove(key);
                break;
            case < 75:
                Update(key);
                break;
            case < 80:
                Clear(key);
                break;
            default:
                Read(key, isPeek: step.Kind % 2 == 0);
                break;
        }

        _table.AssertConsistent();
    }

    public void AssertAgrees(int universe)
    {
        for (int key = 0; key < universe; key++)
        {
            Read(key, isPeek: true);
            int slot = Find(_table, key, out _);
            if (slot >= 0)
            {
                Assert.Equal(_referenced.Contains(key), _table.Groups.IsReferenced(slot));
            }
        }

        Assert.Equal(_entries.Count, Enumerable.Range(0, _table.SlotCount).Count(_table.IsOccupied));
        GC.KeepAlive(_table);
    }

    public void AssertCopiesTo(TableSize size)
    {
        Table<int, string> target = Create(size);
        int[] newSlots = new int[_table.SlotCount];
        Dictionary<int, int> oldSlots = _entries.Keys.ToDictionary(key => key, key => Find(_table, key, out _));

        Assert.True(_table.TryCopyTo(target, newSlots, static _ => false));

        target.AssertConsistent();
        foreach ((int key, int oldSlot) in oldSlots)
        {
            int slot = Find(target, key, out _);
            Assert.Equal(newSlots[oldSlot], slot);
            if (slot >= 0)
            {
                Assert.True(TryRead(target, key, out string? cell));
                Assert.Equal(_entries[key], cell);
            }

            // The referenced byte was copied before this read set it.
            Assert.True(slot < 0 || target.Groups.IsReferenced(slot));
        }

        Assert.All(newSlots.Except(oldSlots.Values.Select(old => newSlots[old])), slot => Assert.Equal(-1, slot));
        Assert.True(size.FullAt < _entries.Count || !newSlots.Where((_, old) => oldSlots.ContainsValue(old)).Contains(-1));
        GC.KeepAlive(target);
    }

    private static Table<int, string> Create(TableSize size) => new(size, siblings: 1, TickCell.AtTheLast);

    private void Insert(int key)
    {
        if (_entries.ContainsKey(key))
        {
            return;
        }

        KeyHash hash = hashOf(key);
        string value = $"{key}/{_writes++}";
        bool isReferenced = _writes % 3 == 0;
        bool hasRoom = Neighbourhood(hash).Any(slot => !_table.IsOccupied(slot));

        Assert.Equal(hasRoom, _table.TryInsert(key, hash, value, default, Tick.Never, (byte)(isReferenced ? 1 : 0), -1, out int slot));

        if (hasRoom)
        {
            Assert.Contains(slot, Neighbourhood(hash));
            _entries.Add(key, value);
            Mark(key, isReferenced);
        }
    }

    private void Remove(int key)
    {
        int slot = Find(_table, key, out uint version);
        Assert.Equal(_entries.Remove(key, out string? value), slot >= 0);
        if (slot < 0)
        {
            return;
        }

        string? cell;
        Assert.True(version % 8 < 4 ? _table.TryRemove(slot, out cell) : _table.TryRemove(slot, version, out cell));
        Assert.Equal(value, cell);
        Assert.False(_table.TryRemove(slot, version, out _));
    }

    private void Update(int key)
    {
        string value = $"{key}/{_writes++}";
        bool exists = _entries.ContainsKey(key);

        int slot = Find(_table, key, out uint version);
        UpdateOutcome outcome = slot < 0 ? UpdateOutcome.Absent : _table.TryUpdate(slot, version, value);

        Assert.Equal(exists ? UpdateOutcome.Updated : UpdateOutcome.Absent, outcome);
        if (exists)
        {
            _entries[key] = value;
            Mark(key, isReferenced: true);
        }
    }

    private void Clear(int key)
    {
        int slot = Find(_table, key, out _);
        if (slot >= 0)
        {
            _table.Groups.ClearReferenced(slot);
            GC.KeepAlive(_table);
            Mark(key, isReferenced: false);
        }
    }

    /// <summary>Reads as a cache does: the home group first.</summary>
    private bool TryRead(Table<int, string> table, int key, out string? cell)
    {
        ReadResult<string> result = table.ReadHome(key, hashOf(key));
        cell = result.Cell;
        return result.Outcome == ReadOutcome.Changed
            ? table.TryRead<KeyProbe<int>, Use>(Probe(key), hashOf(key), out cell, out _) == ReadOutcome.Hit
            : result.Found;
    }

    private void Read(int key, bool isPeek)
    {
        string? cell;
        bool found;
        if (isPeek)
        {
            found = _table.TryRead<KeyProbe<int>, Peek>(Probe(key), hashOf(key), out cell, out _) == ReadOutcome.Hit;
        }
        else
        {
            found = TryRead(_table, key, out cell);
            Mark(key, isReferenced: true);
        }

        Assert.Equal(_entries.TryGetValue(key, out string? value), found);
        Assert.True(!found || _table.MayHold(hashOf(key)));
        Assert.Equal(value, cell);
    }

    private void Mark(int key, bool isReferenced)
    {
        if (isReferenced && _entries.ContainsKey(key))
        {
            _referenced.Add(key);
        }
        else
        {
            _referenced.Remove(key);
        }
    }

    private int[] Neighbourhood(KeyHash hash)
        => [.. Enumerable.Range(0, _table.NeighbourhoodSize).Select(number => _table.Neighbour(hash, number))];

    private int Find(Table<int, string> table, int key, out uint version) => table.Find(Probe(key), hashOf(key), out version);

    private static KeyProbe<int> Probe(int key) => new(key, comparer: null);
}
