namespace FastCache.Bench.Throughput;

/// <summary>How often each of the keys is asked for that are there.</summary>
internal enum KeyDistribution
{
    /// <summary>All alike: nothing is in the processor's caches by chance.</summary>
    Uniform,

    /// <summary>Zipf 0.99: a few of them most of the time, as in real traffic.</summary>
    Zipf,
}
