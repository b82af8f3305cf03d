using FastCache.Table;
using FastCache.Tests.Unit.TestTypes;
using FastCache.Threading;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class TagGroupsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Every_slot_has_a_header_of_its_own(int count)
    {
        var groups = new TagGroups(count);
        int slots = count * TagGroup.Slots;

        for (int slot = 0; slot < slots; slot++)
        {
            Assert.False(groups.IsReferenced(slot));
            groups.Of(slot, out nint index).Referenced(index) = 1;
            groups.Of(slot, out index).Tag(index)++;
        }

        for (int slot = 0; slot < slots; slot++)
        {
            Assert.Equal(1, groups.Of(slot, out nint index).Tag(index));
            Assert.Equal(slot % TagGroup.Slots, index);
            groups.ClearReferenced(slot);
            Assert.False(groups.IsReferenced(slot));
            Assert.Equal(slots - slot - 1, Enumerable.Range(0, slots).Count(groups.IsReferenced));
            groups.Prefetch(slot);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(1000, 500)]
    [InlineData(1001, 501)]
    public void Two_groups_share_a_cache_line(int count, int lines)
        => Assert.Equal(
            Allocations.OfOne(() => new CacheLineArray(lines)),
            Allocations.OfOne(() => new TagGroups(count)));

    [Fact]
    public void A_slot_is_in_the_group_with_its_number_divided_by_the_slots_of_a_group()
    {
        var groups = new TagGroups(3);

        groups[2].Tag(4) = 9;

        Assert.Equal(9, groups.Of((2 * TagGroup.Slots) + 4, out nint index).Tag(index));
    }
}
