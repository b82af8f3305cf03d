using FastCache.Bench.HitRate;
using FastCache.Bench.Workloads;

namespace FastCache.Bench.Advise;

/// <summary>
/// Disjoint samples of a trace: each takes one key of every so many that are asked for about equally often, with all requests for it.
/// </summary>
/// <remarks>
/// Sampling keys keeps distances between requests for one key in proportion (Waldspurger et al., "Efficient MRC construction with SHARDS",
/// FAST 2015). Hashes decide there which keys; here strata of equal popularity do, since a trace is known beforehand: it depends less on
/// luck how many of the popular keys a sample has.
/// </remarks>
internal sealed class StratifiedSamples
{
    private readonly Trace _trace;
    private readonly int _oneIn;
    private readonly int[] _sampleOf;

    /// <param name="trace">What is sampled.</param>
    /// <param name="oneIn">How many keys stand behind one of a sample; also how many samples there are.</param>
    /// <param name="seed">Decides who of a stratum goes into which sample.</param>
    public StratifiedSamples(Trace trace, int oneIn, long seed)
    {
        (_trace, _oneIn) = (trace, oneIn);
        _sampleOf = new int[trace.DistinctKeys];
        int[] byPopularity = ByPopularity(trace, seed);
        for (int rank = 0; rank < byPopularity.Length; rank++)
        {
            (int stratum, int place) = Math.DivRem(rank, oneIn);
            int turn = (int)((ulong)SplitMix64.Scramble(seed + stratum) % (ulong)oneIn);
            _sampleOf[byPopularity[rank]] = (place + turn) % oneIn;
        }
    }

    /// <summary>The requests for the keys of one sample.</summary>
    public Trace Take(int sample)
    {
        int[] requests = [.. _trace.Requests.Where(key => _sampleOf[key] == sample)];
        return new Trace(_trace.Name, requests, (_trace.DistinctKeys + _oneIn - 1) / _oneIn);
    }

    private static int[] ByPopularity(Trace trace, long seed)
    {
        int[] requests = new int[trace.DistinctKeys];
        foreach (int key in trace.Requests)
        {
            requests[key]++;
        }

        return [.. Enumerable.Range(0, trace.DistinctKeys)
            .OrderByDescending(key => requests[key])
            .ThenBy(key => SplitMix64.Scramble(seed ^ key))];
    }
}
