using FastCache.Journaling;
using FastCache.Sharding;
using FastCache.Table;
using FastCache.Threading;
using FastCache.Timing;

namespace FastCache;

public sealed partial class Cache<TKey, TValue>
{
    /// <summary>The moment that lifetimes count from. Asks the time provider.</summary>
    internal long Now => _clock.Now();

    /// <summary>Whether the cache was disposed: if it was when this is asked, what was collected before may be incomplete.</summary>
    internal bool IsClosed => SharedMemory.ReadAcquire(ref _isClosed) != 0;

    /// <summary>How much of the limits the policy's window has, on the average of the shards; null for a policy without one.</summary>
    internal double? WindowShare => _shards.Average(static shard => shard.WindowShare);

    /// <summary>Puts back what was written down before the cache began, if nothing has been heard of its key since.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value then.</param>
    /// <param name="deadline">When it expires; 0 for never.</param>
    /// <param name="idleLimit">How long after its last access it expires; 0 for no such limit. This counts as an access.</param>
    /// <param name="now">The moment.</param>
    /// <param name="journaled">What the journal knows of it.</param>
    internal RestoreOutcome TryRestore(
        TKey key, TValue value, long deadline, long idleLimit, long now, in JournaledEntry journaled)
    {
        Lifetime lifetime = _rules.OfRestored(deadline, idleLimit, now);
        if (lifetime.IsExpiredAt(now))
        {
            return RestoreOutcome.Expired;
        }

        if (journaled.Tags.Length > 0)
        {
            // Older than every invalidation since the cache began.
            lifetime = lifetime with { Tags = _tags.SetOf(journaled.Tags, generation: 0) };
            if (lifetime.IsInvalidated)
            {
                return RestoreOutcome.Outdated;
            }
        }

        KeyHash hash = Hash(key);
        return ShardOf(hash).TryRestore(key, hash, value, lifetime, journaled);
    }

    /// <summary>Nothing is put back any more.</summary>
    internal void EndRestore() => _tags.BeginToForget();

    /// <summary>The window of the eviction policy begins with a part of the limits.</summary>
    internal void SetWindowShare(double share)
    {
        foreach (Shard<TKey, TValue> shard in _shards)
        {
            shard.SetWindowShare(share);
        }
    }

    /// <summary>Restoring is over: what came back stands as it stood.</summary>
    internal void Rearrange(IRestoredOrder order)
    {
        foreach (Shard<TKey, TValue> shard in _shards)
        {
            shard.Rearrange(order);
        }
    }

    /// <summary>Where the journal has its entries, within a range, in order. O(entries).</summary>
    internal List<ulong> CollectPositions(ulong first, ulong last)
    {
        List<ulong> positions = [];
        foreach (Shard<TKey, TValue> shard in _shards)
        {
            shard.CollectPositions(first, last, positions);
        }

        positions.Sort();
        return positions;
    }

    /// <summary>Writes an entry down once more, unless the journal has a newer record of it than the one at a position.</summary>
    internal bool TryWriteDownAgain(TKey key, ulong position, JournalRecord record)
    {
        KeyHash hash = Hash(key);
        return ShardOf(hash).TryWriteDownAgain(key, hash, position, record);
    }

    /// <summary>All keys, from the one that the policy gives up last to the one that it looks at next. O(n log n), allocates.</summary>
    internal List<RankedKey<TKey>> CollectStandings()
    {
        List<RankedKey<TKey>> keys = [];
        foreach (Shard<TKey, TValue> shard in _shards)
        {
            shard.CollectStandings(keys);
        }

        keys.Sort(static (one, other) => one.Standing.Queue == other.Standing.Queue
            ? other.Place.CompareTo(one.Place)
            : HeatOf(other).CompareTo(HeatOf(one)));
        return keys;

        // What is in no queue is pinned.
        static int HeatOf(in RankedKey<TKey> key) => key.Standing.Queue == Eviction.SlotQueue.None ? int.MaxValue : (int)key.Standing.Queue;
    }
}
