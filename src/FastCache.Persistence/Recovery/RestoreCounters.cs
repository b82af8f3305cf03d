namespace FastCache.Persistence.Recovery;

/// <summary>What the restoring of a log has come to so far.</summary>
internal sealed class RestoreCounters
{
    public long BytesRead;
    public long Read;
    public long Restored;
    public long Superseded;
    public long Outdated;
    public long Expired;
    public long NoRoom;
    public long GivenUp;
    public long Faulted;
}
