namespace FastCache.Extensions.Hybrid;

/// <summary>What has happened at the second level.</summary>
internal sealed class SecondLevelCounters
{
    private long _hits;
    private long _misses;
    private long _readFailures;
    private long _writeFailures;
    private long _rejected;

    public SecondLevelStatistics Statistics
        => new()
        {
            Hits = Volatile.Read(ref _hits),
            Misses = Volatile.Read(ref _misses),
            ReadFailures = Volatile.Read(ref _readFailures),
            WriteFailures = Volatile.Read(ref _writeFailures),
            RejectedPayloads = Volatile.Read(ref _rejected),
        };

    public void CountHit() => Interlocked.Increment(ref _hits);

    public void CountMiss() => Interlocked.Increment(ref _misses);

    public void CountReadFailure() => Interlocked.Increment(ref _readFailures);

    public void CountWriteFailure() => Interlocked.Increment(ref _writeFailures);

    public void CountRejected() => Interlocked.Increment(ref _rejected);
}
