using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class TableSizeTests
{
    [Fact]
    public void The_final_stage_holds_the_capacity()
    {
        foreach (int capacity in Enumerable.Range(1, 5000).Concat([65_537, 1_000_000, 99_999_999, TableSize.MaxEntries]))
        {
            var size = TableSize.For(capacity, capacity);

            Assert.True(size.IsFinal);
            Assert.True(size.FullAt >= capacity, $"capacity {capacity}: full at {size.FullAt}");
        }
    }

    [Fact]
    public void The_largest_table_has_slot_numbers_below_the_limit()
    {
        var size = TableSize.For(TableSize.MaxEntries, TableSize.MaxEntries);

        Assert.InRange(size.Slots, TableSize.MaxEntries, TableSize.MaxSlots);
        Assert.Equal(size.Groups * TagGroup.Slots, size.Slots);
    }

    [Fact]
    public void No_group_is_superfluous_in_the_final_stage()
    {
        var size = TableSize.For(1, 1);
        for (int capacity = 2; capacity < 2000; capacity++)
        {
            TableSize smaller = size;
            size = TableSize.For(capacity, capacity);

            Assert.True(size.Groups == smaller.Groups || smaller.FullAt < capacity, $"capacity {capacity}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(12_345)]
    [InlineData(1_000_000)]
    [InlineData(TableSize.MaxEntries)]
    public void Each_stage_has_twice_the_groups_of_the_one_before_and_the_last_is_final(int capacity)
    {
        var size = TableSize.For(capacity, 0);
        var final = TableSize.For(capacity, capacity);

        Assert.Equal(1, size.Groups);
        while (!size.IsFinal)
        {
            TableSize doubled = size.Doubled();

            Assert.InRange(doubled.Groups, 2 * size.Groups, (2 * size.Groups) + 1);
            Assert.True(doubled.FullAt > size.FullAt);
            size = doubled;
        }

        Assert.Equal(final.Groups, size.Groups);
    }

    [Fact]
    public void The_first_stage_is_the_smallest_that_holds_the_expected_entries()
    {
        for (int entries = 0; entries <= 3000; entries += 7)
        {
            var smallest = TableSize.For(2000, 0);
            while (smallest.FullAt < Math.Min(entries, 2000))
            {
                smallest = smallest.Doubled();
            }

            Assert.Equal(smallest.Groups, TableSize.For(2000, entries).Groups);
        }
    }

    [Fact]
    public void More_entries_than_the_capacity_are_not_provided_for()
        => Assert.Equal(TableSize.For(100, 100).Groups, TableSize.For(100, int.MaxValue).Groups);

    [Fact]
    public void A_full_table_has_free_slots()
    {
        for (int groups = 1; groups < 50; groups++)
        {
            var size = TestSizes.WithGroups(groups);

            Assert.True(size.FullAt < size.Slots);
        }
    }
}
