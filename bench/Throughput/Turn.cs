using FastCache.Bench.Timing;

namespace FastCache.Bench.Throughput;

/// <summary>One turn of an entrant.</summary>
internal readonly record struct Turn(TeamTime Time, long OperationsPerThread, int Threads, double HitShare)
{
    public double NanosecondsPerOperation => Time.Wall.TotalNanoseconds / OperationsPerThread;

    public double BytesPerOperation => Time.Allocated / (double)(OperationsPerThread * Threads);
}
