namespace FastCache.Bench.Advise;

/// <summary>Hit rates by capacity, smallest capacity first.</summary>
internal sealed class HitRateCurve(IReadOnlyList<(int Capacity, double HitRate)> points)
{
    public double At(int capacity) => points.First(point => point.Capacity == capacity).HitRate;

    /// <summary>
    /// The smallest capacity from which no larger one is worth its room: none gains so much for each time that the capacity doubles
    /// on the way to it. A cliff behind a plateau counts if it pays for the plateau.
    /// </summary>
    public int Recommend(double gainPerDoubling)
    {
        (int Capacity, double HitRate) chosen = points[0];
        foreach ((int Capacity, double HitRate) point in points.Skip(1))
        {
            double doublings = Math.Log2(point.Capacity / (double)chosen.Capacity);
            if (point.HitRate - chosen.HitRate >= gainPerDoubling * doublings)
            {
                chosen = point;
            }
        }

        return chosen.Capacity;
    }
}
