using FastCache.Table;
using FastCache.Timing;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class TableInsertTests
{
    private const int Neighbourhood = TableSize.MaxProbes * TagGroup.Slots;

    [Fact]
    public void An_inserted_key_is_found_with_its_cell()
    {
        var table = new TestTable<long, long>(groups: 4);
        KeyHash hash = Hashes.At(4, home: 2, preferred: 7, tag: 9);

        int slot = table.Insert(1, hash, 100);

        Assert.Equal(slot, table.Find(1, hash));
        Assert.True(table.TryRead(1, hash, out long cell));
        Assert.Equal(100, cell);
        Assert.Equal(-1, table.Find(2, hash));
        table.Table.AssertConsistent();
    }

    [Fact]
    public void An_entry_takes_the_preferred_slot_of_its_home_group()
    {
        var table = new TestTable<long, long>(groups: 4);

        for (int home = 0; home < 4; home++)
        {
            for (int preferred = 0; preferred < TagGroup.Slots; preferred++)
            {
                int slot = table.Insert(home, Hashes.At(4, home, preferred, tag: 1), 0);

                Assert.Equal((home * TagGroup.Slots) + preferred, slot);
            }
        }
    }

    [Fact]
    public void An_entry_whose_preferred_slot_is_taken_gets_the_nearest_of_its_group()
    {
        var table = new TestTable<long, long>(groups: 4);
        KeyHash hash = Hashes.At(4, home: 1, preferred: 13, tag: 1);

        int[] slots = [.. Enumerable.Range(0, 4).Select(key => table.Insert(key, hash, 0) - TagGroup.Slots)];

        Assert.Equal([13, 14, 12, 11], slots);
    }

    [Fact]
    public void The_position_is_kept_with_the_slot()
    {
        var table = new TestTable<long, long>(groups: 4);

        int slot = table.Insert(1, Hashes.Of(0x1234_5678, tag: 1), 0);

        Assert.Equal(0x1234_5678u, table.Table.Positions[slot]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_referenced_byte_of_a_new_entry_is_the_one_asked_for(byte referenced)
    {
        var table = new TestTable<long, long>(groups: 1);
        KeyHash hash = Hashes.At(1, home: 0, preferred: 4, tag: 1);
        int slot = table.Insert(1, hash, 0, (byte)(1 - referenced));
        Assert.True(table.Table.TryRemove(slot, out _));

        Assert.Equal(slot, table.Insert(2, hash, 0, referenced));

        Assert.Equal(referenced == 1, table.IsReferenced(slot));
    }

    [Fact]
    public void An_entry_that_finds_its_home_full_goes_to_the_next_group_and_is_found_there()
    {
        var table = new TestTable<long, long>(groups: 4);
        KeyHash hash = FillGroup(table, home: 2);

        int slot = table.Insert(100, hash, 1000);

        Assert.Equal(3, slot / TagGroup.Slots);
        Assert.Equal(slot, table.Find(100, hash));
        Assert.Equal((0, 0, 1, 0), (table.OverflowOf(0), table.OverflowOf(1), table.OverflowOf(2), table.OverflowOf(3)));
        table.Table.AssertConsistent();
    }

    [Fact]
    public void The_group_after_the_last_is_the_first()
    {
        var table = new TestTable<long, long>(groups: 4);
        KeyHash hash = FillGroup(table, home: 3);

        int slot = table.Insert(100, hash, 1000);

        Assert.Equal(0, slot / TagGroup.Slots);
        Assert.Equal(slot, table.Find(100, hash));
        table.Table.AssertConsistent();
    }

    [Fact]
    public void A_displaced_entry_is_found_after_its_home_has_got_room_again()
    {
        var table = new TestTable<long, long>(groups: 4);
        KeyHash hash = FillGroup(table, home: 1);
        int displaced = table.Insert(100, hash, 0);

        for (int key = 0; key < TagGroup.Slots; key++)
        {
            Assert.True(table.Table.TryRemove(table.Find(key, hash), out _));
            Assert.Equal(displaced, table.Find(100, hash));
        }

        Assert.True(table.Table.TryRemove(displaced, out _));
        Assert.Equal(0, table.OverflowOf(1));
        Assert.Equal(-1, table.Find(100, hash));
    }

    [Fact]
    public void Overflow_counts_return_to_zero_when_the_displaced_are_gone()
    {
        const int Groups = TableSize.MaxProbes + 4;
        var table = new TestTable<long, long>(Groups);
        KeyHash hash = Hashes.At(Groups, home: Groups - 3, preferred: 0, tag: 5);
        int[] slots = [.. Enumerable.Range(0, Neighbourhood).Select(key => table.Insert(key, hash, key))];
        Assert.Equal(Neighbourhood - TagGroup.Slots, table.OverflowOf(Groups - 3));

        foreach (int slot in slots)
        {
            Assert.True(table.Table.TryRemove(slot, out _));
            table.Table.AssertConsistent();
        }

        Assert.All(Enumerable.Range(0, Groups), group => Assert.Equal(0, table.OverflowOf(group)));
    }

    [Fact]
    public void Keys_of_one_hash_fill_a_neighbourhood_and_no_more()
    {
        const int Groups = (2 * TableSize.MaxProbes) + 4;
        var table = new TestTable<long, long>(Groups);
        KeyHash hash = Hashes.At(Groups, home: Groups - 5, preferred: 7, tag: 5);
        for (int key = 0; key < Neighbourhood; key++)
        {
            table.Insert(key, hash, -key);
        }

        bool inserted = table.Table.TryInsert(Neighbourhood, hash, 0, default, Tick.Never, 0, -1, out int refused);

        Assert.False(inserted);
        Assert.Equal(-1, refused);
        Assert.Equal(-1, table.Find(Neighbourhood, hash));
        for (int key = 0; key < Neighbourhood; key++)
        {
            Assert.True(table.TryRead(key, hash, out long cell));
            Assert.Equal(-key, cell);
        }

        Assert.Equal(
            table.Neighbourhood(hash).Order(),
            Enumerable.Range(0, Neighbourhood).Select(key => table.Find(key, hash)).Order());
        table.Table.AssertConsistent();
    }

    [Fact]
    public void Full_neighbours_do_not_keep_others_from_their_place()
    {
        const int Groups = (2 * TableSize.MaxProbes) + 4;
        var table = new TestTable<long, long>(Groups);
        KeyHash crowded = Hashes.At(Groups, home: 2, preferred: 7, tag: 5);
        for (int key = 0; key < Neighbourhood; key++)
        {
            table.Insert(key, crowded, 0);
        }

        KeyHash last = Hashes.At(Groups, home: 2 + TableSize.MaxProbes - 1, preferred: 7, tag: 5);
        KeyHash outside = Hashes.At(Groups, home: 2 + TableSize.MaxProbes, preferred: 7, tag: 5);

        Assert.Equal(2 + TableSize.MaxProbes, table.Insert(1000, last, 0) / TagGroup.Slots);
        Assert.Equal(2 + TableSize.MaxProbes, table.Insert(1001, outside, 0) / TagGroup.Slots);
        Assert.NotEqual(-1, table.Find(1000, last));
        Assert.NotEqual(-1, table.Find(1001, outside));
        table.Table.AssertConsistent();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_search_in_a_table_that_is_full_to_the_last_slot_ends(int groups)
    {
        var table = new TestTable<long, long>(groups);
        KeyHash hash = Hashes.At(groups, home: groups - 1, preferred: 7, tag: 5);
        for (int key = 0; key < table.Table.SlotCount; key++)
        {
            table.Insert(key, hash, key);
        }

        Assert.False(table.Table.TryInsert(-1, hash, 0, default, Tick.Never, 0, -1, out _));
        for (int home = 0; home < groups; home++)
        {
            KeyHash absent = Hashes.At(groups, home, preferred: 0, tag: 5);
            Assert.Equal(-1, table.Find(-1, absent));
            Assert.False(table.Read(-1, absent).Found);
        }

        table.Table.AssertConsistent();
    }

    [Fact]
    public void The_slot_that_was_announced_is_the_slot_that_is_taken()
    {
        var table = new TestTable<long, long>(groups: 3);
        KeyHash hash = Hashes.At(3, home: 1, preferred: 7, tag: 5);

        int likely = table.Table.PrefetchInsert(hash);
        Assert.True(table.Table.TryInsert(1, hash, 10, default, Tick.Never, 0, likely, out int slot));

        Assert.Equal(TagGroup.Slots + 7, likely);
        Assert.Equal(likely, slot);
        table.Table.AssertConsistent();
    }

    [Fact]
    public void An_announced_slot_that_another_key_took_meanwhile_is_left_to_it()
    {
        var table = new TestTable<long, long>(groups: 3);
        KeyHash hash = Hashes.At(3, home: 1, preferred: 7, tag: 5);
        int likely = table.Table.PrefetchInsert(hash);
        table.Insert(2, hash, 20);

        Assert.True(table.Table.TryInsert(1, hash, 10, default, Tick.Never, 0, likely, out int slot));

        Assert.NotEqual(likely, slot);
        Assert.Equal(slot, table.Find(1, hash));
        Assert.Equal(likely, table.Find(2, hash));
        table.Table.AssertConsistent();
    }

    [Fact]
    public void No_slot_of_a_full_home_group_is_announced()
    {
        var table = new TestTable<long, long>(groups: 3);
        KeyHash hash = FillGroup(table, home: 1);

        Assert.Equal(-1, table.Table.PrefetchInsert(hash));
    }

    private static KeyHash FillGroup(TestTable<long, long> table, int home)
    {
        KeyHash hash = Hashes.At(table.Table.Size.Groups, home, preferred: 7, tag: 5);
        for (int key = 0; key < TagGroup.Slots; key++)
        {
            Assert.Equal(home, table.Insert(key, hash, 0) / TagGroup.Slots);
        }

        return hash;
    }
}
