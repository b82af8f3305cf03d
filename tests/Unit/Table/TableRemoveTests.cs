using System.Runtime.CompilerServices;
using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class TableRemoveTests
{
    private static readonly KeyHash Hash = Hashes.At(1, home: 0, preferred: 3, tag: 17);

    [Fact]
    public void A_removed_key_is_not_found_and_its_last_cell_is_returned()
    {
        var table = new TestTable<string, string>(groups: 1);
        int slot = table.Insert("key", Hash, "first");
        table.TryUpdate("key", Hash, "last");

        bool removed = table.Table.TryRemove(slot, out string? cell);

        Assert.True(removed);
        Assert.Equal("last", cell);
        Assert.Equal(-1, table.Find("key", Hash));
        Assert.False(table.Read("key", Hash).Found);
        Assert.False(table.Table.IsOccupied(slot));
        table.Table.AssertConsistent();
    }

    [Fact]
    public void A_free_slot_has_nothing_to_remove()
    {
        var table = new TestTable<string, string>(groups: 1);
        int slot = table.Insert("key", Hash, "value");
        Assert.True(table.Table.TryRemove(slot, out _));

        Assert.False(table.Table.TryRemove(slot, out string? cell));
        Assert.False(table.Table.TryRemove(slot, table.VersionOf(slot), out _));

        Assert.Null(cell);
        table.Table.AssertConsistent();
    }

    [Fact]
    public void A_stale_version_removes_nothing()
    {
        var table = new TestTable<string, string>(groups: 1);
        table.Insert("key", Hash, "first");
        (int slot, uint version) = table.FindVersion("key", Hash);
        table.Table.TryUpdate(slot, version, "second");

        Assert.False(table.Table.TryRemove(slot, version, out string? cell));

        Assert.Null(cell);
        Assert.Equal(slot, table.Find("key", Hash));
        table.Table.AssertConsistent();
    }

    [Fact]
    public void An_entry_that_is_being_updated_is_not_removed()
    {
        var table = new TestTable<string, string>(groups: 1);
        int slot = table.Insert("key", Hash, "value");
        table.SetState(slot, EntryVersion.Updating);

        Assert.False(table.Table.TryRemove(slot, out _));
        Assert.False(table.Table.TryRemove(slot, table.VersionOf(slot), out _));

        Assert.True(table.TryRead("key", Hash, out string? cell));
        Assert.Equal("value", cell);
        table.SetState(slot, EntryVersion.Live);
        Assert.True(table.Table.TryRemove(slot, out _));
    }

    [Fact]
    public void A_guarded_entry_is_removed_inside_the_turn()
    {
        var table = new TestTable<string, string>(groups: 1);
        int slot = table.Insert("key", Hash, "value");
        table.SetState(slot, EntryVersion.Guarded);

        Assert.True(table.Table.TryRemove(slot, out string? cell));

        Assert.Equal("value", cell);
        Assert.Equal(-1, table.Find("key", Hash));
    }

    [Fact]
    public void A_slot_can_be_used_again_at_once()
    {
        var table = new TestTable<long, long>(groups: 1);
        uint last = 0;
        for (int i = 0; i < 1000; i++)
        {
            int slot = table.Insert(i, Hash, i);

            Assert.Equal(3, slot);
            Assert.NotEqual(last, table.VersionOf(slot));
            last = table.VersionOf(slot);
            Assert.Equal(-1, table.Find(i - 1, Hash));
            Assert.True(table.Table.TryRemove(slot, out long cell));
            Assert.Equal(i, cell);
        }

        table.Table.AssertConsistent();
    }

    [Fact]
    public void A_dead_slot_keeps_neither_key_nor_value_alive()
    {
        var table = new TestTable<object, object>(groups: 1, EqualityComparer<object>.Default);

        (WeakReference key, WeakReference value) = InsertAndRemove(table);
        Collect();

        Assert.False(key.IsAlive);
        Assert.False(value.IsAlive);
        GC.KeepAlive(table.Table);
    }

    [Fact]
    public void A_dead_slot_keeps_nothing_alive_that_is_inside_structs()
    {
        var table = new TestTable<(int, object), ValueTuple<object>>(groups: 1);

        (WeakReference key, WeakReference value) = InsertAndRemoveStructs(table);
        Collect();

        Assert.False(key.IsAlive);
        Assert.False(value.IsAlive);
        GC.KeepAlive(table.Table);
    }

    [Fact]
    public void A_replaced_value_is_not_kept_alive()
    {
        var table = new TestTable<long, object>(groups: 1);

        WeakReference value = InsertAndReplace(table);
        Collect();

        Assert.False(value.IsAlive);
        GC.KeepAlive(table.Table);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Key, WeakReference Value) InsertAndRemove(TestTable<object, object> table)
    {
        (object key, object value) = (new object(), new object());
        int slot = table.Insert(key, Hash, value);
        Assert.True(table.TryRead(key, Hash, out _));
        Assert.True(table.Table.TryRemove(slot, out _));
        return (new WeakReference(key), new WeakReference(value));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Key, WeakReference Value) InsertAndRemoveStructs(
        TestTable<(int, object), ValueTuple<object>> table)
    {
        (object key, object value) = (new object(), new object());
        int slot = table.Insert((1, key), Hash, ValueTuple.Create(value));
        Assert.True(table.Table.TryRemove(slot, table.VersionOf(slot), out _));
        return (new WeakReference(key), new WeakReference(value));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference InsertAndReplace(TestTable<long, object> table)
    {
        object value = new();
        table.Insert(1, Hash, value);
        Assert.Equal(UpdateOutcome.Updated, table.TryUpdate(1, Hash, new object()));
        return new WeakReference(value);
    }

    private static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
