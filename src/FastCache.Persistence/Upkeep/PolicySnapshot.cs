using FastCache.Journaling;
using FastCache.Persistence.Format;
using FastCache.Persistence.Writing;
using FastCache.Sharding;

namespace FastCache.Persistence.Upkeep;

/// <summary>Whose entries are in a cache and where they stand in its eviction policy, the hottest first.</summary>
internal sealed class PolicySnapshot
{
    private readonly ulong _asOf;
    private readonly double _windowShare;
    private readonly ulong[] _digests;
    private readonly EntryStanding[] _standings;

    private PolicySnapshot(ulong asOf, double windowShare, ulong[] digests, EntryStanding[] standings)
    {
        _asOf = asOf;
        _windowShare = windowShare;
        _digests = digests;
        _standings = standings;
    }

    /// <summary>Bytes of all its parts, before compression.</summary>
    public long LengthIn(int blockSize)
    {
        int parts = Math.Max(1, (_digests.Length + EntriesIn(blockSize) - 1) / EntriesIn(blockSize));
        return ((long)parts * StandingsPart.HeaderLength) + ((long)_digests.Length * StandingsPart.EntryLength);
    }

    /// <summary>Takes one; null if that was cancelled, the cache disposed, or the application's code has failed. O(n log n) for n entries.</summary>
    public static PolicySnapshot? Take<TKey, TValue>(
        Cache<TKey, TValue> cache, LogJournal<TKey, TValue> journal, CancellationToken cancellationToken)
        where TKey : notnull
    {
        // Before the entries are looked at: whatever is newer is not in doubt.
        ulong asOf = journal.Staging.LastSequence;
        List<RankedKey<TKey>> keys = cache.CollectStandings();
        if (cache.IsClosed)
        {
            return null;
        }

        ulong[] digests = new ulong[keys.Count];
        var standings = new EntryStanding[keys.Count];
        for (int index = 0; index < digests.Length; index++)
        {
            if (cancellationToken.IsCancellationRequested || !TryDigest(journal, keys[index].Key, out digests[index]))
            {
                return null;
            }

            standings[index] = keys[index].Standing;
        }

        return new PolicySnapshot(asOf, cache.WindowShare ?? 0, digests, standings);
    }

    /// <summary>Its parts, to be written.</summary>
    public IEnumerable<StagedBlock> ToBlocks(LogWriter writer, int blockSize)
    {
        int perBlock = EntriesIn(blockSize);
        int first = 0;
        do
        {
            int count = Math.Min(perBlock, _digests.Length - first);
            StagedBlock block = writer.TakeBlock();
            StandingsPart.Write(
                block.BeginAside(BlockKind.Standings, _asOf, StandingsPart.LengthOf(count)),
                _asOf,
                (uint)_digests.Length,
                (uint)first,
                _windowShare,
                _digests.AsSpan(first, count),
                _standings.AsSpan(first, count));
            yield return block;
            first += count;
        }
        while (first < _digests.Length);
    }

    private static int EntriesIn(int blockSize) => (blockSize - StandingsPart.HeaderLength) / StandingsPart.EntryLength;

    private static bool TryDigest<TKey, TValue>(LogJournal<TKey, TValue> journal, TKey key, out ulong digest)
        where TKey : notnull
    {
        try
        {
            LogRecord<TKey, TValue> record = LogRecord<TKey, TValue>.Describe(journal, key);
            digest = record.Digest;
            record.Release();
            return true;
        }
        catch (Exception)
        {
            digest = 0;
            return false;
        }
    }
}
