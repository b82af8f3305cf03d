namespace FastCache.Bench.HitRate;

/// <summary>
/// The most hits any policy could have: evict what is needed furthest in the future, and do not even admit a newcomer
/// that is needed later than every resident (Belady 1966, with bypass).
/// </summary>
/// <remarks>
/// A resident is represented by the position of its next request. These are all different, so the residents are a set of
/// positions: a request hits if its own position is in the set, and the victim is the largest element. Keys that never
/// come again are not kept.
/// </remarks>
internal static class BeladyOptimum
{
    private const int Never = int.MaxValue;

    public static long CountHits(Trace trace, int capacity)
    {
        int[] nextRequest = FindNextRequests(trace);
        PositionSet residents = new(nextRequest.Length);
        int count = 0;
        long hits = 0;
        for (int position = 0; position < nextRequest.Length; position++)
        {
            if (residents.Remove(position))
            {
                hits++;
                count--;
            }

            int next = nextRequest[position];
            if (next == Never)
            {
                continue;
            }

            if (count < capacity)
            {
                count++;
            }
            else
            {
                int furthest = residents.Max();
                if (furthest < next)
                {
                    continue;
                }

                residents.Remove(furthest);
            }

            residents.Add(next);
        }

        return hits;
    }

    private static int[] FindNextRequests(Trace trace)
    {
        int[] nextOfKey = new int[trace.DistinctKeys];
        Array.Fill(nextOfKey, Never);
        int[] nextRequest = new int[trace.Requests.Length];
        for (int position = nextRequest.Length - 1; position >= 0; position--)
        {
            int key = trace.Requests[position];
            nextRequest[position] = nextOfKey[key];
            nextOfKey[key] = position;
        }

        return nextRequest;
    }
}
