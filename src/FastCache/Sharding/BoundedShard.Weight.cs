using FastCache.Eviction;
using FastCache.Threading;

namespace FastCache.Sharding;

internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy, TWeights>
{
    private const int NoSlot = -1;

    // Written inside turns only; used only where weights differ.
    private long _weight;
    private int _keptSlot = NoSlot;

    /// <inheritdoc/>
    public override long Weight => TWeights.Differ ? SharedMemory.ReadAcquire(ref _weight) : Count;

    /// <summary>What counts against the limit.</summary>
    private long Load => TWeights.Differ ? _weight : _count;

    /// <summary>What a single entry may weigh now.</summary>
    private int MaxEntryWeight => TWeights.Differ ? (int)Math.Min(_maxEntryWeight, SharedMemory.ReadAcquire(ref _limit)) : 1;

    // Release: as for the count.
    private void SetWeight(long weight) => SharedMemory.WriteRelease(ref _weight, weight);

    /// <summary>Whether an entry is never evicted. The policy does not know of it.</summary>
    private bool IsPinned(int slot) => TWeights.Differ && _weights.Of(slot) == 0;

    /// <inheritdoc/>
    public override int Weigh(TKey key, TValue value)
    {
        if (!TWeights.Differ)
        {
            return 1;
        }

        int weight = _setup.Weigher!(key, value);
        return weight >= 0
            ? weight
            : throw new InvalidOperationException($"The weigher says {weight}; a weight must not be negative.");
    }

    /// <summary>Inside a turn: makes room for an entry of the shard to weigh more, at the expense of others.</summary>
    private bool TryMakeRoomFor(int slot, int weight)
    {
        if (!TWeights.Differ)
        {
            return true;
        }

        _keptSlot = slot;
        bool isDone = TryEvictDownTo(TargetFor(weight - _weights.Of(slot)), weight);
        _keptSlot = NoSlot;
        return isDone;
    }

    /// <summary>
    /// Inside a turn: how much there may be before something is added. Normally that leaves room for it; while the shard
    /// holds more than its limit, which was lowered, it is twice as much less than there is.
    /// </summary>
    /// <remarks>So no write raises what is above the limit, and none has to bring it below it at once.</remarks>
    private long TargetFor(long added) => added <= 0 ? Math.Max(_limit, Load) : Math.Max(_limit - added, Load - (2 * added));

    private bool TryEvictDownTo(long target, long incoming)
    {
        while (Load > target)
        {
            if (!_policy.TryEvict(new EvictionHost(this, CurrentTable, _wheel), incoming))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Inside a turn: an entry weighs something else from now on.</summary>
    private void Reweigh(int slot, int weight)
    {
        if (!TWeights.Differ)
        {
            return;
        }

        int before = _weights.Of(slot);
        SetWeight(_weight + weight - before);
        if (before == 0 || weight == 0)
        {
            RepinOrUnpin(slot, before, weight);
            return;
        }

        _policy.Reweigh(slot, weight);
        _weights.Set(slot, weight);
    }

    private void RepinOrUnpin(int slot, int before, int weight)
    {
        if (before != 0)
        {
            _policy.Remove(slot);
        }

        _weights.Set(slot, weight);
        if (weight != 0)
        {
            _policy.Add(slot, CurrentTable.Positions[slot]);
        }
    }

    /// <summary>Counts why a value is not kept.</summary>
    private WriteOutcome Refuse(int weight)
    {
        SharedMemory.Increment(ref weight > MaxEntryWeight ? ref _refusedAsTooHeavy : ref _refusedAsExpired);
        return WriteOutcome.Refused;
    }
}
