using FastCache.Sharding;
using FastCache.Table;
using FastCache.Threading;

namespace FastCache;

public sealed partial class Cache<TKey, TValue>
{
    private readonly Lock _resizing = new();
    private readonly bool _hasWeigher;
    private long _limit;

    /// <summary>
    /// The most entries that the cache holds at any instant; <see cref="int.MaxValue"/> if it has a weigher. Can be changed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The value is below the number of shards, or is more than so many shards can hold.
    /// </exception>
    /// <exception cref="InvalidOperationException">The cache has a weigher: its limit is <see cref="WeightLimit"/>.</exception>
    /// <remarks>
    /// After it was lowered, entries are evicted in the background until the count is below it; meanwhile no write raises
    /// the count of a shard that holds more than its part.
    /// </remarks>
    public int Capacity
    {
        get => _hasWeigher ? int.MaxValue : (int)SharedMemory.ReadAcquire(ref _limit);
        set
        {
            if (_hasWeigher)
            {
                throw new InvalidOperationException("The cache has a weigher; set WeightLimit.");
            }

            ArgumentOutOfRangeException.ThrowIfLessThan(value, _shards.Length, nameof(Capacity));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(
                value, (long)_shards.Length * TableSize.MaxEntries, nameof(Capacity));
            Resize(value);
        }
    }

    /// <summary>
    /// The most that all entries may weigh together; without a weigher, where every entry weighs 1, the same as
    /// <see cref="Capacity"/>. Can be changed where there is a weigher.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below the number of shards.</exception>
    /// <exception cref="InvalidOperationException">The cache has no weigher: its limit is <see cref="Capacity"/>.</exception>
    /// <remarks>
    /// After it was lowered, entries are evicted in the background until the weight is below it; meanwhile no write raises the
    /// weight of a shard that holds more than its part. An entry heavier than a shard's part of it is refused from then on.
    /// </remarks>
    public long WeightLimit
    {
        get => SharedMemory.ReadAcquire(ref _limit);
        set
        {
            if (!_hasWeigher)
            {
                throw new InvalidOperationException("The cache has no weigher; set Capacity.");
            }

            ArgumentOutOfRangeException.ThrowIfLessThan(value, _shards.Length, nameof(WeightLimit));
            Resize(value);
        }
    }

    /// <summary>What all entries weigh together now. O(shards), exact while nobody writes.</summary>
    public long Weight
    {
        get
        {
            long weight = 0;
            foreach (Shard<TKey, TValue> shard in _shards)
            {
                weight += shard.Weight;
            }

            return weight;
        }
    }

    /// <summary>Evicts a number of entries, those that the policy would give up first in each shard.</summary>
    /// <param name="count">How many.</param>
    /// <returns>How many there were to evict.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <remarks>
    /// O(count). Every shard gives up its part. Other threads get their turns meanwhile. Pinned entries stay.
    /// </remarks>
    public int Trim(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int trimmed = 0;
        for (int shard = 0; shard < _shards.Length; shard++)
        {
            trimmed += _shards[shard].Trim((int)ShardLayout.PartOf(count, shard, _shards.Length));
        }

        // What some shards did not have.
        for (int shard = 0; shard < _shards.Length && trimmed < count; shard++)
        {
            trimmed += _shards[shard].Trim(count - trimmed);
        }

        return trimmed;
    }

    /// <summary>Removes what has expired by the beginning of this tick of 50 milliseconds, without waiting for the background work that would.</summary>
    /// <returns>How many entries that were.</returns>
    /// <remarks>O(entries removed). Other threads get their turns meanwhile.</remarks>
    public int TrimExpired()
    {
        int trimmed = 0;
        foreach (Shard<TKey, TValue> shard in _shards)
        {
            trimmed += shard.TrimExpired();
        }

        return trimmed;
    }

    private void Resize(long limit)
    {
        // One after the other, so that the shards' parts belong to one limit. No user code runs here.
        lock (_resizing)
        {
            SharedMemory.WriteRelease(ref _limit, limit);
            for (int shard = 0; shard < _shards.Length; shard++)
            {
                _shards[shard].Resize(ShardLayout.PartOf(limit, shard, _shards.Length));
            }
        }
    }
}
