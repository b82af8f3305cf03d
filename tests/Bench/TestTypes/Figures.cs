using FastCache.Bench.Reporting;

namespace FastCache.Tests.Bench.TestTypes;

/// <summary>Measurements as the verbs make them.</summary>
internal static class Figures
{
    public static Measurement Throughput(
        string contestant, double nanoseconds, Spread ratio, string workload = "read", string baseline = "ConcurrentDictionary", bool isValid = true) => new()
    {
        { "verb", "throughput" },
        { "workload", workload },
        { "entries", 1_000 },
        { "threads", 1 },
        { "contestant", contestant },
        { "metric", "time" },
        { "value", nanoseconds },
        { "unit", "ns/op" },
        { baseline, ratio },
        { "valid", isValid },
    };

    public static Measurement HitRate(string contestant, int capacity, double share, string workload = "zipf") => new()
    {
        { "verb", "hitrate" },
        { "workload", workload },
        { "contestant", contestant },
        { "capacity", capacity },
        { "metric", "hit_rate" },
        { "value", share },
        { "unit", "share" },
        { "valid", true },
    };

    public static Measurement Latency(string contestant, string metric, double value, string unit = "ns") => new()
    {
        { "verb", "latency" },
        { "workload", "mixed" },
        { "contestant", contestant },
        { "metric", metric },
        { "value", value },
        { "unit", unit },
    };

    public static Measurement Memory(string contestant, double bytes, double ratio) => new()
    {
        { "verb", "memory" },
        { "workload", "resident" },
        { "contestant", contestant },
        { "metric", "bytes_per_entry" },
        { "value", bytes },
        { "unit", "B" },
        { "ConcurrentDictionary", new Spread(ratio, ratio, ratio) },
        { "valid", true },
    };
}
