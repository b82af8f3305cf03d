using FastCache.Persistence.Writing;

namespace FastCache.Persistence.Upkeep;

/// <summary>What upkeep may write: no more than the application has written. So the log writes each byte twice at most.</summary>
/// <param name="counters">What was written, by whomever.</param>
internal sealed class CompactionBudget(WriterCounters counters)
{
    private long _spent;

    /// <summary>Bytes that upkeep has written, before compression.</summary>
    public long Spent => Volatile.Read(ref _spent);

    /// <summary>Whether so many bytes may be written.</summary>
    public bool Allows(long bytes) => Volatile.Read(ref counters.RawBytes) >= 2 * (Spent + bytes);

    public void Spend(long bytes) => Interlocked.Add(ref _spent, bytes);
}
