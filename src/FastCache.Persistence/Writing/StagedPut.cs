namespace FastCache.Persistence.Writing;

/// <summary>What became of a value that was to be appended.</summary>
/// <param name="AwaitedSequence">Up to where the log must be durable for the write to be.</param>
/// <param name="Position">Its own sequence; 0 if it is not in the log.</param>
/// <param name="IsBufferTaken">Whether the buffer belongs to the log now.</param>
internal readonly record struct StagedPut(ulong AwaitedSequence, ulong Position, bool IsBufferTaken)
{
    public static StagedPut NotAppended(ulong awaitedSequence) => new(awaitedSequence, Position: 0, IsBufferTaken: false);
}
