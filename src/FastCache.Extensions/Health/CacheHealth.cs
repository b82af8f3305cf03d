using FastCache.Persistence;

namespace FastCache.Extensions.Health;

/// <summary>How a cache is.</summary>
/// <param name="Name">What it is called, no other cache is.</param>
/// <param name="Figures">What was found.</param>
/// <param name="Rates">Of the last interval; null if it says nothing.</param>
/// <param name="Findings">What is not well.</param>
internal sealed record CacheHealth(string Name, CacheFigures Figures, IntervalRates? Rates, IReadOnlyList<Finding> Findings)
{
    /// <summary>For whoever reads the result of a check: numbers and texts, by the cache's name.</summary>
    public IEnumerable<KeyValuePair<string, object>> Data
    {
        get
        {
            yield return Entry("entries", Figures.Statistics.Count);
            if (Rates is { } rates)
            {
                yield return Entry("requests", rates.Requests);
                yield return Entry("hit_ratio", rates.HitRatio);
                yield return Entry("evictions_per_hit", rates.EvictionsPerHit);
                if (rates.UsualHitRatio is { } usual)
                {
                    yield return Entry("usual_hit_ratio", usual);
                }
            }

            if (Figures.Log is { } log)
            {
                yield return Entry("log.size", log.Statistics.Length);
                yield return Entry("log.max_size", log.MaxSize);
                yield return Entry("log.pending", log.Statistics.PendingBytes);
                yield return Entry("log.dropped", log.Statistics.Dropped);
                yield return Entry("log.degraded", log.Statistics.IsDegraded);
            }

            if (Findings.Count > 0)
            {
                yield return Entry("findings", string.Join("; ", Findings.Select(static finding => finding.Text)));
            }
        }
    }

    /// <summary>Why its log has failed; null if it has not.</summary>
    public CacheLogException? Fault => Figures.Log?.Statistics.Fault;

    private KeyValuePair<string, object> Entry(string figure, object value) => new($"{Name}.{figure}", value);
}
