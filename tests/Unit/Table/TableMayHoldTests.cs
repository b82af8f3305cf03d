using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

/// <summary>The search that compares hashes and no keys.</summary>
public class TableMayHoldTests
{
    private const int Groups = TableSize.MaxProbes + 4;

    private static readonly KeyHash Hash = Hashes.At(Groups, home: Groups - 2, preferred: 3, tag: 17);

    [Fact]
    public void An_entry_of_the_hash_is_found_whatever_its_key()
    {
        var table = new TestTable<string, int>(Groups);
        Assert.False(table.Table.MayHold(Hash));

        int slot = table.Insert("any key", Hash, 0);
        Assert.True(table.Table.MayHold(Hash));

        table.Table.TryRemove(slot, out _);
        Assert.False(table.Table.MayHold(Hash));
    }

    [Fact]
    public void An_entry_that_shares_only_the_tag_or_only_the_place_is_not_of_the_hash()
    {
        var table = new TestTable<int, int>(Groups);
        table.Insert(1, Hashes.Of(Hash.Position, tag: 18), 0);
        table.Insert(2, Hashes.Of(Hash.Position + 1, tag: 17), 0);
        table.Insert(3, Hashes.At(Groups, home: 0, preferred: 3, tag: 17), 0);

        Assert.False(table.Table.MayHold(Hash));
    }

    [Fact]
    public void An_entry_is_found_as_far_from_home_as_one_can_be()
    {
        var table = new TestTable<int, int>(Groups);
        KeyHash neighbour = Hashes.Of(Hash.Position, tag: 18);
        for (int key = 0; key < table.Table.NeighbourhoodSize - 1; key++)
        {
            table.Insert(key, neighbour, 0);
        }

        Assert.False(table.Table.MayHold(Hash));
        table.Insert(-1, Hash, 0);
        Assert.True(table.Table.MayHold(Hash));

        // Still displaced when there is room at home again.
        table.Table.TryRemove(table.Find(0, neighbour), out _);
        Assert.True(table.Table.MayHold(Hash));
        table.Table.TryRemove(table.Find(-1, Hash), out _);
        Assert.False(table.Table.MayHold(Hash));
    }
}
