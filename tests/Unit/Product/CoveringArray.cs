namespace FastCache.Tests.Unit.Product;

/// <summary>
/// Few rows of choices in which every two choices of different dimensions meet: most faults need no more than two to come together.
/// </summary>
/// <remarks>
/// Greedy and without chance. Each row begins with the first pair that has not met yet, and takes in each other dimension what
/// completes most such pairs with what it has already. O(rows x pairs of a row).
/// </remarks>
internal static class CoveringArray
{
    /// <summary>The rows.</summary>
    /// <param name="choices">How many choices each dimension has. Choices are numbered from 0.</param>
    public static List<int[]> Pairwise(IReadOnlyList<int> choices)
    {
        var open = new SortedSet<(int First, int Choice, int Second, int Other)>(PairsOf(choices));
        List<int[]> rows = [];
        while (open.Count > 0)
        {
            int[] row = CompleteRow(open.Min, choices, open);
            rows.Add(row);
            open.ExceptWith(PairsIn(row));
        }

        return rows;
    }

    /// <summary>Every two choices of different dimensions.</summary>
    public static IEnumerable<(int First, int Choice, int Second, int Other)> PairsOf(IReadOnlyList<int> choices)
        => from first in Enumerable.Range(0, choices.Count)
           from second in Enumerable.Range(first + 1, choices.Count - first - 1)
           from choice in Enumerable.Range(0, choices[first])
           from other in Enumerable.Range(0, choices[second])
           select (first, choice, second, other);

    /// <summary>The pairs that meet in a row.</summary>
    public static IEnumerable<(int First, int Choice, int Second, int Other)> PairsIn(IReadOnlyList<int> row)
        => from first in Enumerable.Range(0, row.Count)
           from second in Enumerable.Range(first + 1, row.Count - first - 1)
           select (first, row[first], second, row[second]);

    private static int[] CompleteRow(
        (int First, int Choice, int Second, int Other) seed,
        IReadOnlyList<int> choices,
        SortedSet<(int First, int Choice, int Second, int Other)> open)
    {
        const int Undecided = -1;
        int[] row = new int[choices.Count];
        Array.Fill(row, Undecided);
        (row[seed.First], row[seed.Second]) = (seed.Choice, seed.Other);
        for (int dimension = 0; dimension < row.Length; dimension++)
        {
            if (row[dimension] == Undecided)
            {
                row[dimension] = Enumerable.Range(0, choices[dimension]).MaxBy(choice => Gain(dimension, choice));
            }
        }

        return row;

        int Gain(int dimension, int choice)
            => Enumerable.Range(0, row.Length).Count(other => row[other] != Undecided && open.Contains(
                other < dimension ? (other, row[other], dimension, choice) : (dimension, choice, other, row[other])));
    }
}
