using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class TagGroupTests
{
    [Fact]
    public void A_match_has_one_bit_for_each_slot_with_the_tag()
    {
        byte[] memory = new byte[TagGroup.Size];
        var group = new TagGroup(ref memory[0]);
        group.Tag(0) = 7;
        group.Tag(5) = 7;
        group.Tag(6) = 8;
        group.Tag(14) = 7;

        Assert.Equal((1u << 0) | (1u << 5) | (1u << 14), group.Match(7));
        Assert.Equal(1u << 6, group.Match(8));
        Assert.Equal(0u, group.Match(9));
        Assert.Equal((1u << 0) | (1u << 5) | (1u << 6) | (1u << 14), group.Occupied);
    }

    [Fact]
    public void The_overflow_count_is_never_taken_for_a_tag()
    {
        byte[] memory = new byte[TagGroup.Size];
        var group = new TagGroup(ref memory[0]);
        memory.AsSpan(0, TagGroup.Slots).Fill(3);
        group.Overflow = 9;

        Assert.Equal(0u, group.Match(9));
        Assert.Equal((1u << TagGroup.Slots) - 1, group.Match(3));

        group.Overflow = 0;

        Assert.Equal(0u, group.Match(0));
        Assert.Equal(-1, group.NearestEmpty(4));
    }

    [Fact]
    public void Every_part_of_a_header_has_bytes_of_its_own()
    {
        byte[] memory = new byte[TagGroup.Size];
        var group = new TagGroup(ref memory[0]);
        group.Overflow++;
        for (int slot = 0; slot < TagGroup.Slots; slot++)
        {
            group.Tag(slot)++;
            group.Referenced(slot)++;
        }

        Assert.Equal((2 * TagGroup.Slots) + 1, memory.Count(part => part == 1));
        Assert.All(memory, part => Assert.InRange(part, 0, 1));
    }

    [Fact]
    public void The_nearest_empty_slot_is_the_one_a_search_by_distance_finds()
    {
        byte[] memory = new byte[TagGroup.Size];
        for (int occupied = 0; occupied < 1 << TagGroup.Slots; occupied++)
        {
            var group = new TagGroup(ref memory[0]);
            for (int slot = 0; slot < TagGroup.Slots; slot++)
            {
                group.Tag(slot) = (byte)(occupied >> slot & 1);
            }

            for (int preferred = 0; preferred < TagGroup.Slots; preferred++)
            {
                if (group.NearestEmpty(preferred) != NearestEmptyByDistance(occupied, preferred))
                {
                    Assert.Fail($"occupied {occupied:b15}, preferred {preferred}: {group.NearestEmpty(preferred)}");
                }
            }
        }
    }

    [Fact]
    public void A_touch_sets_the_referenced_byte_of_its_slot_alone()
    {
        byte[] memory = new byte[TagGroup.Size];
        var group = new TagGroup(ref memory[0]);

        group.Touch(3);

        Assert.Equal(1, group.Referenced(3));
        Assert.Equal(1, memory.Sum(part => part));
    }

    [Fact]
    public void A_touch_of_a_referenced_slot_writes_nothing()
    {
        byte[] memory = new byte[TagGroup.Size];
        var group = new TagGroup(ref memory[0]);
        group.Referenced(3) = 77;

        group.Touch(3);

        Assert.Equal(77, group.Referenced(3));
    }

    private static int NearestEmptyByDistance(int occupied, int preferred)
    {
        for (int distance = 0; distance < TagGroup.Slots; distance++)
        {
            foreach (int slot in new[] { preferred + distance, preferred - distance })
            {
                if (slot is >= 0 and < TagGroup.Slots && (occupied >> slot & 1) == 0)
                {
                    return slot;
                }
            }
        }

        return -1;
    }
}
