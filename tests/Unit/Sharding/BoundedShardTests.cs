using FastCache.Sharding;
using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Sharding;

public class BoundedShardTests
{
    [Fact]
    public void The_count_reaches_the_capacity_and_never_passes_it()
    {
        var shard = new TestShard(capacity: 100, initialCapacity: 100);
        for (int key = 0; key < 1000; key++)
        {
            shard.Set(key, key);

            Assert.Equal(Math.Min(key + 1, 100), shard.Shard.Count);
        }

        shard.Shard.AssertConsistent();
    }

    [Fact]
    public void The_table_grows_with_the_entries_and_keeps_them()
    {
        var shard = new TestShard(capacity: 1000, initialCapacity: 1);
        int slots = shard.Table.SlotCount;
        for (int key = 0; key < 1000; key++)
        {
            shard.Set(key, -key);
        }

        Assert.True(shard.Table.SlotCount > slots);
        Assert.True(shard.Table.Size.IsFinal);
        Assert.Equal(1000, shard.Shard.Count);
        for (int key = 0; key < 1000; key++)
        {
            Assert.True(shard.TryGet(key, out long value));
            Assert.Equal(-key, value);
        }

        shard.Shard.AssertConsistent();
    }

    [Fact]
    public void A_stamp_is_good_for_one_replacement()
    {
        var shard = new TestShard(capacity: 10, initialCapacity: 10);
        shard.Set(1, 10);
        EntryStamp stamp = shard.StampOf(1);

        Assert.Equal(WriteOutcome.Kept, shard.Shard.TryReplace(stamp, 1, 11, weight: 1));
        Assert.Equal(WriteOutcome.Changed, shard.Shard.TryReplace(stamp, 1, 12, weight: 1));
        Assert.False(shard.Shard.TryRemove(stamp, key: 1));

        Assert.True(shard.TryGet(1, out long value));
        Assert.Equal(11, value);
    }

    [Fact]
    public void A_stamp_of_an_entry_that_was_removed_and_added_again_is_void()
    {
        var shard = new TestShard(capacity: 10, initialCapacity: 10);
        shard.Set(1, 10);
        EntryStamp stamp = shard.StampOf(1);
        Assert.True(shard.Shard.TryRemove(1, shard.HashOf(1), out _));
        shard.Set(1, 10);

        Assert.Equal(WriteOutcome.Changed, shard.Shard.TryReplace(stamp, 1, 12, weight: 1));
        Assert.False(shard.Shard.TryRemove(stamp, key: 1));

        Assert.Equal(1, shard.Shard.Count);
        shard.Shard.AssertConsistent();
    }

    [Fact]
    public void A_stamp_from_before_the_table_grew_is_void()
    {
        var shard = new TestShard(capacity: 1000, initialCapacity: 1);
        shard.Set(1, 10);
        EntryStamp stamp = shard.StampOf(1);
        for (int key = 2; key < 500; key++)
        {
            shard.Set(key, key);
        }

        Assert.NotSame(stamp.Table, shard.Table);
        Assert.Equal(WriteOutcome.Changed, shard.Shard.TryReplace(stamp, 1, 12, weight: 1));
        Assert.False(shard.Shard.TryRemove(stamp, key: 1));

        Assert.True(shard.TryGet(1, out long value));
        Assert.Equal(10, value);
        Assert.Equal(WriteOutcome.Kept, shard.Shard.TryReplace(shard.StampOf(1), 1, 12, weight: 1));
        Assert.True(shard.Shard.TryRemove(shard.StampOf(1), key: 1));
        shard.Shard.AssertConsistent();
    }

    [Fact]
    public void Maintenance_makes_an_oversized_table_smaller_and_keeps_the_entries()
    {
        var shard = new TestShard(capacity: 10_000, initialCapacity: 1);
        for (int key = 0; key < 10_000; key++)
        {
            shard.Set(key, -key);
        }

        int slots = shard.Table.SlotCount;
        for (int key = 100; key < 10_000; key++)
        {
            shard.Shard.TryRemove(key, shard.HashOf(key), out _);
        }

        shard.Shard.Maintain();

        Assert.InRange(shard.Table.SlotCount, 100, slots / 8);
        Assert.Equal(100, Enumerable.Range(0, 10_000).Count(key => shard.TryGet(key, out long value) && value == -key));
        shard.Shard.AssertConsistent();
    }

    [Fact]
    public void Maintenance_never_makes_the_table_smaller_than_it_began()
    {
        var shard = new TestShard(capacity: 10_000, initialCapacity: 5_000);
        int slots = shard.Table.SlotCount;
        for (int key = 0; key < 10_000; key++)
        {
            shard.Set(key, key);
        }

        shard.Shard.Clear(generation: 0);
        shard.Shard.Maintain();

        Assert.InRange(shard.Table.SlotCount, slots, 2 * slots);
        Assert.Equal(0, shard.Shard.Count);
        shard.Shard.AssertConsistent();
    }

    [Fact]
    public void Maintenance_leaves_a_table_alone_that_cannot_become_smaller()
    {
        // The sizes of tables for 1200 entries are not those for 1000: the smallest one is larger than the first was.
        var shard = new TestShard(capacity: 1000, initialCapacity: 500);
        int first = shard.Table.SlotCount;
        shard.Shard.Resize(1200);
        for (int key = 0; key < 1200; key++)
        {
            shard.Set(key, key);
        }

        shard.Shard.Clear(generation: 0);
        shard.Shard.Maintain();
        Table<long, long> small = shard.Table;
        shard.Shard.Maintain();

        Assert.Same(small, shard.Table);
        Assert.InRange(small.SlotCount, first + 1, 2 * first);
        shard.Shard.AssertConsistent();
    }

    [Fact]
    public void An_enumeration_goes_on_in_the_table_it_began_with()
    {
        var shard = new TestShard(capacity: 1000, initialCapacity: 1);
        for (int key = 0; key < 10; key++)
        {
            shard.Set(key, key);
        }

        var cursor = default(ShardCursor);
        var seen = new List<long>();
        while (shard.Shard.TryMoveNext(ref cursor, out KeyValuePair<long, long> entry))
        {
            seen.Add(entry.Key);
            for (int key = 100; key < 500; key++)
            {
                shard.Set(key, key);
            }
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(key => (long)key), seen.Where(key => key < 100).Order());
    }

    [Fact]
    public void A_closed_shard_is_empty_and_refuses_new_entries()
    {
        var shard = new TestShard(capacity: 100, initialCapacity: 100);
        for (int key = 0; key < 100; key++)
        {
            shard.Set(key, key);
        }

        EntryStamp stamp = shard.StampOf(5);

        shard.Shard.Close();
        shard.Shard.Maintain();

        Assert.Equal(0, shard.Shard.Count);
        Assert.False(shard.TryGet(5, out _));
        Assert.False(shard.Shard.TryRemove(stamp, key: 1));
        Assert.Throws<ObjectDisposedException>(() => shard.Set(1, 1));
        shard.Shard.AssertConsistent();
    }
}
