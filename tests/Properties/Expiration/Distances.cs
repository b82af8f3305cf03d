namespace FastCache.Tests.Properties.Expiration;

/// <summary>Makes numbers of ticks at which something happens in a timer wheel out of any numbers.</summary>
internal static class Distances
{
    /// <summary>From one tick to thrice 64 to the sixth, mostly close to where a level ends.</summary>
    /// <param name="number">Any number: the distance follows from it.</param>
    /// <param name="now">The tick from which the distance counts.</param>
    public static long Of(int number, long now)
    {
        (number, int level) = Math.DivRem(number, 7);
        (number, int offset) = Math.DivRem(number, 5);
        (number, int count) = Math.DivRem(number, 5);
        long unit = 1L << (6 * level);
        long units = count == 4 ? (level < 6 ? 63 : 3) : count;

        // Half of them from here, half of them from the boundary before.
        long start = number % 2 == 0 ? now : now / unit * unit;
        return Math.Max(1, start - now + (units * unit) + offset - 2);
    }
}
