using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class TableGrowthTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(11)]
    [InlineData(64)]
    public void Every_entry_arrives_with_its_cell_and_its_referenced_byte(int targetGroups)
    {
        var source = Filled(groups: 5, entries: 60);
        for (int key = 0; key < 60; key += 3)
        {
            source.TryRead(key, HashOf(key), out _);
        }

        var target = new TestTable<long, string>(targetGroups);
        int[] newSlots = new int[source.Table.SlotCount];
        int[] oldSlots = [.. Enumerable.Range(0, 60).Select(key => source.Find(key, HashOf(key)))];

        Assert.True(source.Table.TryCopyTo(target.Table, newSlots, static _ => false));

        for (int key = 0; key < 60; key++)
        {
            int slot = target.Find(key, HashOf(key));
            Assert.Equal(newSlots[oldSlots[key]], slot);
            Assert.Equal(key % 3 == 0, target.IsReferenced(slot));
            Assert.Equal(HashOf(key).Position, target.Table.Positions[slot]);
            Assert.True(target.TryPeek(key, HashOf(key), out string? cell));
            Assert.Equal($"value {key}", cell);
        }

        Assert.Equal(60, newSlots.Count(slot => slot >= 0));
        Assert.Equal(60, newSlots.Where(slot => slot >= 0).Distinct().Count());
        target.Table.AssertConsistent();
    }

    [Fact]
    public void The_old_copies_can_be_read_but_not_updated_and_the_new_ones_can_be_both()
    {
        var source = Filled(groups: 2, entries: 20);
        var target = new TestTable<long, string>(groups: 4);

        Assert.True(source.Table.TryCopyTo(target.Table, new int[source.Table.SlotCount], static _ => false));

        for (int key = 0; key < 20; key++)
        {
            KeyHash hash = HashOf(key);
            Assert.True(source.TryRead(key, hash, out string? old));
            Assert.Equal($"value {key}", old);
            Assert.Equal(UpdateOutcome.NeedsTurn, source.TryUpdate(key, hash, "lost"));
            Assert.Equal(UpdateOutcome.Updated, target.TryUpdate(key, hash, "kept"));
            Assert.Equal("kept", target.Read(key, hash).Cell);
            Assert.Equal($"value {key}", source.Read(key, hash).Cell);
        }
    }

    [Fact]
    public void A_version_from_before_the_copy_updates_nothing()
    {
        var source = Filled(groups: 1, entries: 1);
        (int slot, uint version) = source.FindVersion(0, HashOf(0));
        Assert.True(source.Table.TryCopyTo(new TestTable<long, string>(groups: 2).Table, new int[source.Table.SlotCount], static _ => false));

        Assert.Equal(UpdateOutcome.Changed, source.Table.TryUpdate(slot, version, "lost"));
    }

    [Fact]
    public void An_update_in_progress_refuses_the_copy_and_everything_stays_as_it_was()
    {
        var source = Filled(groups: 5, entries: 60);
        uint[] before = [.. Enumerable.Range(0, source.Table.SlotCount).Select(source.VersionOf)];

        for (int key = 0; key < 60; key++)
        {
            int busy = source.Find(key, HashOf(key));
            source.SetState(busy, EntryVersion.Updating);
            var target = new TestTable<long, string>(groups: 11);

            Assert.False(source.Table.TryCopyTo(target.Table, new int[source.Table.SlotCount], static _ => false));

            Assert.Equal(EntryVersion.Updating, EntryVersion.State(source.VersionOf(busy)));
            source.SetState(busy, EntryVersion.Live);
            Assert.Equal(before, Enumerable.Range(0, source.Table.SlotCount).Select(source.VersionOf));
            Assert.DoesNotContain(Enumerable.Range(0, target.Table.SlotCount), target.Table.IsOccupied);
        }

        Assert.True(source.Table.TryCopyTo(new TestTable<long, string>(groups: 11).Table, new int[source.Table.SlotCount], static _ => false));
    }

    [Fact]
    public void A_copy_that_is_given_up_can_be_taken_back()
    {
        var source = Filled(groups: 5, entries: 60);
        uint[] before = [.. Enumerable.Range(0, source.Table.SlotCount).Select(source.VersionOf)];
        Assert.True(source.Table.TryCopyTo(new TestTable<long, string>(groups: 11).Table, new int[source.Table.SlotCount], static _ => false));

        source.Table.Unguard(static _ => false);

        Assert.Equal(before, Enumerable.Range(0, source.Table.SlotCount).Select(source.VersionOf));
        Assert.Equal(UpdateOutcome.Updated, source.TryUpdate(7, HashOf(7), "new"));
    }

    [Fact]
    public void An_entry_that_finds_no_place_is_reported_and_the_others_arrive()
    {
        const int Entries = 40;
        KeyHash hash = Hashes.At(3, home: 0, preferred: 0, tag: 1);
        var source = new TestTable<long, string>(groups: 3);
        for (int key = 0; key < Entries; key++)
        {
            source.Insert(key, hash, $"value {key}");
        }

        var target = new TestTable<long, string>(groups: 2);
        int[] newSlots = new int[source.Table.SlotCount];
        int[] oldSlots = [.. Enumerable.Range(0, Entries).Select(key => source.Find(key, hash))];

        Assert.True(source.Table.TryCopyTo(target.Table, newSlots, static _ => false));

        for (int key = 0; key < Entries; key++)
        {
            Assert.Equal(newSlots[oldSlots[key]], target.Find(key, hash));
        }

        Assert.Equal(2 * TagGroup.Slots, newSlots.Count(slot => slot >= 0));
        target.Table.AssertConsistent();
    }

    private static TestTable<long, string> Filled(int groups, int entries)
    {
        var table = new TestTable<long, string>(groups);
        for (int key = 0; key < entries; key++)
        {
            table.Insert(key, HashOf(key), $"value {key}");
        }

        return table;
    }

    private static KeyHash HashOf(long key) => Hashes.Of((uint)key * 0x9E37_79B1, (byte)(1 + (key % 200)));
}
