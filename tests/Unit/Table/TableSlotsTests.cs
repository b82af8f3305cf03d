using System.Runtime.CompilerServices;
using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class TableSlotsTests
{
    [Fact]
    public void A_neighbourhood_is_every_slot_that_a_key_of_the_hash_may_take()
    {
        const int Groups = TableSize.MaxProbes + 2;
        var table = new TestTable<long, long>(Groups);
        KeyHash hash = Hashes.At(Groups, home: 6, preferred: 14, tag: 1);

        int[] groups = [.. table.Neighbourhood(hash).Select(slot => slot / TagGroup.Slots).Distinct()];

        Assert.Equal(Enumerable.Range(6, TableSize.MaxProbes).Select(group => group % Groups), groups);
        Assert.Equal(TableSize.MaxProbes * TagGroup.Slots, table.Neighbourhood(hash).Distinct().Count());
    }

    [Fact]
    public void The_neighbourhood_in_a_small_table_is_the_table()
    {
        var table = new TestTable<long, long>(groups: 3);

        IEnumerable<int> slots = table.Neighbourhood(Hashes.At(3, home: 1, preferred: 0, tag: 1));

        Assert.Equal(Enumerable.Range(0, table.Table.SlotCount), slots.Order());
    }

    [Fact]
    public void A_reference_is_cleared_for_its_slot_alone()
    {
        var table = new TestTable<long, long>(groups: 2);
        int[] slots =
        [
            .. Enumerable.Range(0, 30).Select(i => table.Insert(i, Hashes.At(2, i / 15, i % 15, tag: 1), 0, referenced: 1)),
        ];

        table.ClearReferenced(slots[16]);

        Assert.Equal([slots[16]], slots.Where(slot => !table.IsReferenced(slot)));
    }
}
