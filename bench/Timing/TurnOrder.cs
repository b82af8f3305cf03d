namespace FastCache.Bench.Timing;

/// <summary>
/// Who takes turns after whom. The first changes with every round and the direction with every second, so that nobody
/// always inherits the processor's caches, or its temperature, from the same neighbour.
/// </summary>
internal static class TurnOrder
{
    public static IEnumerable<T> Of<T>(IReadOnlyList<T> entrants, int round)
    {
        int direction = round % 2 == 0 ? 1 : entrants.Count - 1;
        for (int i = 0; i < entrants.Count; i++)
        {
            yield return entrants[(round + (i * direction)) % entrants.Count];
        }
    }
}
