using System.Globalization;
using Xunit;

namespace FastCache.Tests.Unit.Product;

public class CoveringArrayTests
{
    public static TheoryData<string> Shapes
        => ["1 1", "2 3", "2 2 2", "5 1 4", "3 3 3 3", "2 2 2 2 2 2 2 9", string.Join(' ', Combination.Choices)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_two_choices_meet_in_a_row(string shape)
    {
        int[] choices = ChoicesOf(shape);

        List<int[]> rows = CoveringArray.Pairwise(choices);

        Assert.Equal(CoveringArray.PairsOf(choices).Order(), rows.SelectMany(CoveringArray.PairsIn).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_row_brings_two_choices_together_for_the_first_time(string shape)
    {
        var met = new HashSet<(int, int, int, int)>();
        foreach (int[] row in CoveringArray.Pairwise(ChoicesOf(shape)))
        {
            int before = met.Count;
            met.UnionWith(CoveringArray.PairsIn(row));
            Assert.NotEqual(before, met.Count);
        }
    }

    [Fact]
    public void There_are_as_many_pairs_as_there_are_ways_to_choose_two()
    {
        Assert.Equal((2 * 3) + (2 * 4) + (3 * 4), CoveringArray.PairsOf([2, 3, 4]).Count());
        Assert.Equal([(0, 7, 1, 8), (0, 7, 2, 9), (1, 8, 2, 9)], CoveringArray.PairsIn([7, 8, 9]));
    }

    [Fact]
    public void The_product_needs_little_more_rows_than_its_two_widest_dimensions_have_pairs()
    {
        int least = Combination.Choices.OrderDescending().Take(2).Aggregate((one, other) => one * other);

        Assert.InRange(CoveringArray.Pairwise(Combination.Choices).Count, least, least * 5 / 4);
    }

    private static int[] ChoicesOf(string shape)
        => [.. shape.Split(' ').Select(static choices => int.Parse(choices, CultureInfo.InvariantCulture))];
}
