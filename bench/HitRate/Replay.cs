using FastCache.Bench.Contestants;

namespace FastCache.Bench.HitRate;

/// <summary>Runs a trace through a real cache as its user would: look up, and on a miss load and set.</summary>
internal static class Replay
{
    /// <param name="Flaw">What the cache did that makes the figure void, or null.</param>
    internal readonly record struct Outcome(string Name, long Hits, int? Shards, string? Flaw);

    public static Outcome Run<TContestant>(Trace trace, CacheShape shape)
        where TContestant : struct, IContestant<TContestant>
    {
        using TContestant cache = TContestant.Create(shape);
        object value = new();
        long hits = 0;
        foreach (int key in trace.Requests)
        {
            if (!cache.TryGet(key, out object? found))
            {
                cache.Set(key, value);
            }
            else if (ReferenceEquals(found, value))
            {
                hits++;
            }
        }

        string? flaw = TContestant.IsStrictlyBounded && cache.Count > shape.Capacity
            ? $"holds {cache.Count} entries"
            : null;
        return new Outcome(TContestant.Name, hits, cache.Shards, flaw);
    }
}
