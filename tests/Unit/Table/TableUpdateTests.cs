using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class TableUpdateTests
{
    private static readonly KeyHash Hash = Hashes.At(1, home: 0, preferred: 3, tag: 17);

    [Fact]
    public void An_update_replaces_the_cell_and_counts_as_a_reference()
    {
        var table = new TestTable<string, string>(groups: 1);
        int slot = table.Insert("key", Hash, "old");

        UpdateOutcome outcome = table.TryUpdate("key", Hash, "new");

        Assert.Equal(UpdateOutcome.Updated, outcome);
        Assert.True(table.TryPeek("key", Hash, out string? cell));
        Assert.Equal("new", cell);
        Assert.True(table.IsReferenced(slot));
        table.Table.AssertConsistent();
    }

    [Fact]
    public void The_short_way_updates_the_first_candidate_if_it_is_live()
    {
        var table = new TestTable<string, string>(groups: 1);
        int slot = table.Insert("key", Hash, "old");

        Assert.Equal(UpdateOutcome.Updated, table.Table.TryUpdateFirst("key", Hash, "new"));

        Assert.True(table.IsReferenced(slot));
        Assert.Equal("new", table.Read("key", Hash).Cell);
        Assert.Equal(UpdateOutcome.Changed, table.Table.TryUpdateFirst("other", Hash, "lost"));
        foreach (uint state in new[] { EntryVersion.Updating, EntryVersion.Guarded })
        {
            table.SetState(slot, state);
            Assert.Equal(UpdateOutcome.Changed, table.Table.TryUpdateFirst("key", Hash, "lost"));
            Assert.Equal("new", table.Read("key", Hash).Cell);
        }
    }

    [Fact]
    public void The_short_way_says_that_a_key_is_absent_only_if_it_can_be_nowhere_else()
    {
        var table = new TestTable<long, long>(groups: 2);
        KeyHash home = Hashes.At(2, home: 0, preferred: 3, tag: 17);
        KeyHash otherTag = Hashes.At(2, home: 0, preferred: 3, tag: 18);
        Assert.Equal(UpdateOutcome.Absent, table.Table.TryUpdateFirst(100, otherTag, 1));
        for (int key = 0; key < TagGroup.Slots; key++)
        {
            table.Insert(key, home, 0);
        }

        Assert.Equal(UpdateOutcome.Absent, table.Table.TryUpdateFirst(100, otherTag, 1));
        table.Insert(100, otherTag, 0);

        Assert.Equal(UpdateOutcome.Changed, table.Table.TryUpdateFirst(100, otherTag, 1));
    }

    [Fact]
    public void An_update_of_an_absent_key_changes_nothing()
    {
        var table = new TestTable<string, string>(groups: 1);
        table.Insert("key", Hash, "old");

        Assert.Equal(UpdateOutcome.Absent, table.TryUpdate("other", Hash, "new"));

        Assert.True(table.TryRead("key", Hash, out string? cell));
        Assert.Equal("old", cell);
    }

    [Fact]
    public void A_guarded_entry_is_left_to_the_turn()
    {
        var table = new TestTable<string, string>(groups: 1);
        int slot = table.Insert("key", Hash, "old");
        table.SetState(slot, EntryVersion.Guarded);

        Assert.Equal(UpdateOutcome.NeedsTurn, table.TryUpdate("key", Hash, "new"));
        Assert.Equal(UpdateOutcome.NeedsTurn, table.Table.TryUpdate(slot, table.VersionOf(slot), "new"));

        Assert.True(table.TryPeek("key", Hash, out string? cell));
        Assert.Equal("old", cell);
        Assert.False(table.IsReferenced(slot));
    }

    [Fact]
    public void A_stale_version_updates_nothing()
    {
        var table = new TestTable<string, string>(groups: 1);
        table.Insert("key", Hash, "first");
        (int slot, uint version) = table.FindVersion("key", Hash);
        Assert.Equal(UpdateOutcome.Updated, table.Table.TryUpdate(slot, version, "second"));

        Assert.Equal(UpdateOutcome.Changed, table.Table.TryUpdate(slot, version, "third"));

        Assert.True(table.TryRead("key", Hash, out string? cell));
        Assert.Equal("second", cell);
    }

    [Fact]
    public void An_update_in_progress_keeps_another_out()
    {
        var table = new TestTable<string, string>(groups: 1);
        int slot = table.Insert("key", Hash, "old");
        table.SetState(slot, EntryVersion.Updating);

        Assert.Equal(UpdateOutcome.Changed, table.Table.TryUpdate(slot, table.VersionOf(slot), "new"));

        Assert.True(table.TryRead("key", Hash, out string? cell));
        Assert.Equal("old", cell);
    }

    [Fact]
    public void A_version_of_the_slots_last_entry_updates_nothing()
    {
        var table = new TestTable<string, string>(groups: 1);
        table.Insert("key", Hash, "old");
        (int slot, uint version) = table.FindVersion("key", Hash);
        Assert.True(table.Table.TryRemove(slot, out _));

        Assert.Equal(UpdateOutcome.Changed, table.Table.TryUpdate(slot, version, "new"));
        Assert.Equal(slot, table.Insert("key", Hash, "back"));
        Assert.Equal(UpdateOutcome.Changed, table.Table.TryUpdate(slot, version, "new"));

        Assert.True(table.TryRead("key", Hash, out string? cell));
        Assert.Equal("back", cell);
    }

    [Fact]
    public void Concurrent_conditional_updates_lose_nothing()
    {
        const int Threads = 3;
        const int Increments = 20_000;
        var table = new TestTable<long, long>(groups: 1);
        table.Insert(1, Hash, 0);

        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, _ =>
        {
            for (int i = 0; i < Increments;)
            {
                (int slot, uint version) = table.FindVersion(1, Hash);
                if (table.Table.TryReadStable(slot, version, out long seen)
                    && table.Table.TryUpdate(slot, version, seen + 1) == UpdateOutcome.Updated)
                {
                    i++;
                }
            }
        });

        Assert.True(table.TryRead(1, Hash, out long cell));
        Assert.Equal(Threads * Increments, cell);
    }
}
