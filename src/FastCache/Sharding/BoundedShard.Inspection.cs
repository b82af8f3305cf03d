using FastCache.Eviction;
using FastCache.Expiration;
using FastCache.Table;
using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Sharding;

internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy, TWeights>
{
    // A rank is how often an entry is used, then its queue, then its place there.
    private const int FrequencyShift = 40;
    private const int QueueShift = 32;

    // Counted inside turns.
    private long _evictions;
    private long _expirations;

    // Counted anywhere, rarely.
    private long _refusedAsTooHeavy;
    private long _refusedByAdmission;
    private long _refusedAsExpired;

    /// <inheritdoc/>
    public override CacheStatistics Statistics => new()
    {
        Evictions = SharedMemory.ReadAcquire(ref _evictions),
        Expirations = SharedMemory.ReadAcquire(ref _expirations),
        RefusedAsTooHeavy = SharedMemory.ReadAcquire(ref _refusedAsTooHeavy),
        RefusedByAdmission = SharedMemory.ReadAcquire(ref _refusedByAdmission),
        RefusedAsExpired = SharedMemory.ReadAcquire(ref _refusedAsExpired),
    };

    /// <inheritdoc/>
    public override void CollectRanked(List<RankedEntry<TKey, TValue>> entries)
    {
        Table<TKey, TCell> table;
        long[] ranks;
        using (_turn.Enter())
        {
            table = CurrentTable;
            ranks = RankSlots(table);
        }

        long now = _clock.Now();
        for (int slot = 0; slot < ranks.Length; slot++)
        {
            if (table.TryCopy(slot, out TKey? key, out TCell? cell, out Lifetime lifetime) && !lifetime.IsExpiredAt(now))
            {
                entries.Add(new RankedEntry<TKey, TValue>(key, Cell.Load<TValue, TCell>(cell), ranks[slot]));
            }
        }
    }

    /// <inheritdoc/>
    public override EntryExplanation? Explain(TKey key, KeyHash hash)
    {
        var probe = new KeyProbe<TKey>(key, _comparer);
        var wait = new SpinWait();
        while (TryFind(probe, hash, ref wait, out EntryStamp stamp))
        {
            if (TryReadLifetime(stamp, ref wait, out Lifetime lifetime)
                && Explain(stamp, ExpiryRules<TKey, TValue>.TimeToLive(lifetime, _clock.Now())) is { } explanation)
            {
                return explanation;
            }
        }

        return null;
    }

    private EntryExplanation? Explain(EntryStamp stamp, TimeSpan timeToLive)
    {
        using (_turn.Enter())
        {
            Table<TKey, TCell> table = TableOf(stamp);
            if (table != CurrentTable || !table.IsUnchanged(stamp.Slot, stamp.Version))
            {
                return null;
            }

            SlotStanding standing = _policy.Standings()[stamp.Slot];
            return new EntryExplanation
            {
                Segment = (EvictionSegment)standing.Queue,
                IsReferenced = table.Groups.IsReferenced(stamp.Slot),
                Frequency = _policy.FrequencyOf(table.Positions[stamp.Slot]),
                EntriesAhead = standing.Ahead,
                Age = standing.Behind,
                TimeToLive = timeToLive,
                Weight = _weights.Of(stamp.Slot),
            };
        }
    }

    private long[] RankSlots(Table<TKey, TCell> table)
    {
        SlotStanding[] standings = _policy.Standings();
        long[] ranks = new long[standings.Length];
        for (int slot = 0; slot < ranks.Length; slot++)
        {
            SlotStanding standing = standings[slot];
            long uses = (_policy.FrequencyOf(table.Positions[slot]) ?? 0) + (table.Groups.IsReferenced(slot) ? 1 : 0);
            ranks[slot] = standing.Queue == SlotQueue.None
                ? long.MaxValue
                : (uses << FrequencyShift) | ((long)standing.Queue << QueueShift) | (long)standing.Ahead;
        }

        return ranks;
    }
}
