using FastCache.Timing;
using Xunit;

namespace FastCache.Tests.Unit.Timing;

public class TickCellTests
{
    [Fact]
    public void A_cell_shows_what_it_was_made_with_until_it_is_moved()
    {
        var cell = new TickCell(5);
        Assert.Equal(5u, cell.Now);

        cell.MoveTo(Tick.Last);

        Assert.Equal(Tick.Last, cell.Now);
    }

    [Fact]
    public void Copies_of_a_cell_are_the_same_cell_and_other_cells_are_not()
    {
        var cell = new TickCell(1);
        TickCell copy = cell;
        var other = new TickCell(1);

        cell.MoveTo(2);

        Assert.Equal((2u, 1u), (copy.Now, other.Now));
    }

    [Fact]
    public void A_copy_keeps_the_word_alive()
    {
        TickCell[] copies = [.. Enumerable.Range(0, 1000).Select(i => new TickCell((uint)i))];

        GC.Collect();
        GC.WaitForPendingFinalizers();
        byte[][] litter = [.. Enumerable.Range(0, 1000).Select(_ => GC.AllocateArray<byte>(128, pinned: true))];

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (uint)i), copies.Select(cell => cell.Now));
        GC.KeepAlive(litter);
    }

    [Fact]
    public void The_cell_of_those_without_a_clock_stays_at_the_last_tick()
        => Assert.Equal(Tick.Last, TickCell.AtTheLast.Now);
}
