using System.Diagnostics;
using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class TableConsistencyTests
{
    private static readonly KeyHash Hash = Hashes.At(2, home: 0, preferred: 3, tag: 17);

    [Fact]
    public void A_tag_without_an_entry_is_noticed()
    {
        var table = new TestTable<string, string>(groups: 2);
        table.SetState(table.Insert("key", Hash, "value"), EntryVersion.Dead);

        Assert.Throws<UnreachableException>(table.Table.AssertConsistent);
    }

    [Fact]
    public void A_dead_entry_that_keeps_its_value_is_noticed()
    {
        var table = new TestTable<string, string>(groups: 2);
        int slot = table.Insert("key", Hash, "value");
        table.Table.TryRemove(slot, out _);
        table.Entries[slot].Cell = "value";

        Assert.Throws<UnreachableException>(table.Table.AssertConsistent);
    }

    [Fact]
    public void An_entry_away_from_where_its_overflow_counts_say_is_noticed()
    {
        var table = new TestTable<string, string>(groups: 2);
        int slot = table.Insert("key", Hash, "value");
        table.Table.Positions[slot] = Hashes.At(2, home: 1, preferred: 0, tag: 1).Position;

        Assert.Throws<UnreachableException>(table.Table.AssertConsistent);
    }
}
