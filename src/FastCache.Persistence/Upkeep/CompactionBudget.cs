using FastCache.Persistence.Writing;

namespace FastCache.Persistence.Upkeep;

/// <summary>What upkeep may write: as much as the application has written, and a little in advance. So the log writes each byte twice at most.</summary>
/// <param name="counters">What was written, by whomever.</param>
/// <param name="advance">How much in advance.</param>
internal sealed class CompactionBudget(WriterCounters counters, long advance)
{
    private long _spent;

    /// <summary>Whether anything is left.</summary>
    public bool IsPositive => Volatile.Read(ref counters.RawBytes) - (2 * Spent) + advance > 0;

    /// <summary>Bytes that upkeep has written, before compression.</summary>
    public long Spent => Volatile.Read(ref _spent);

    public void Spend(long bytes) => Interlocked.Add(ref _spent, bytes);
}
