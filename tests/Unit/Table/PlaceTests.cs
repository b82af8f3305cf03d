using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class PlaceTests
{
    [Theory]
    [InlineData(1u)]
    [InlineData(2u)]
    [InlineData(7u)]
    [InlineData(1_000_003u)]
    public void Every_position_has_a_home_and_a_preferred_slot_inside_the_table(uint groups)
    {
        foreach (uint position in new[] { 0u, 1u, 0x7FFF_FFFFu, 0x8000_0000u, 0xFFFF_FFFEu, 0xFFFF_FFFFu })
        {
            Place place = Hashes.Of(position, 1).PlaceAmong(groups);

            Assert.InRange(place.Home, 0, (nint)groups - 1);
            Assert.InRange(place.PreferredIndex, 0, TagGroup.Slots - 1);
        }
    }

    [Fact]
    public void The_first_position_belongs_to_the_first_slot_and_the_last_to_the_last()
    {
        Place first = Hashes.Of(0, 1).PlaceAmong(9);
        Place last = Hashes.Of(uint.MaxValue, 1).PlaceAmong(9);

        Assert.Equal((0, 0), ((int)first.Home, (int)first.PreferredIndex));
        Assert.Equal((8, 14), ((int)last.Home, (int)last.PreferredIndex));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    public void The_preferred_offset_lies_in_the_preferred_slot(int slotSize)
    {
        for (ulong position = 0; position <= uint.MaxValue; position += 10_000_019)
        {
            Place place = Hashes.Of((uint)position, 1).PlaceAmong(5);

            Assert.Equal(place.PreferredIndex, place.PreferredOffset(TagGroup.Slots * slotSize) / slotSize);
        }
    }

    [Fact]
    public void Places_rise_with_positions_and_reach_every_slot()
    {
        const int Groups = 5;
        var slots = new List<int>();
        for (ulong position = 0; position <= uint.MaxValue; position += 10_000_019)
        {
            Place place = Hashes.Of((uint)position, 1).PlaceAmong(Groups);
            slots.Add((int)((place.Home * TagGroup.Slots) + place.PreferredIndex));
        }

        Assert.Equal(slots.Order(), slots);
        Assert.Equal(Groups * TagGroup.Slots, slots.Distinct().Count());
    }
}
