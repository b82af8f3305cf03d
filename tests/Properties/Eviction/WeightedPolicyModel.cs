using FastCache.Eviction;
using FastCache.Tests.Properties.Table;
using FastCache.Threading;
using Xunit;

namespace FastCache.Tests.Properties.Eviction;

/// <summary>A shard's slots and weights around a policy: it makes room as a shard does, for newcomers and for what grows.</summary>
internal sealed class WeightedPolicyModel<TPolicy> : IEvictionHost
    where TPolicy : struct, IEvictionPolicy
{
    private const int MaxEntries = 64;
    private const int NoSlot = -1;

    private readonly HashSet<int> _occupied = [];
    private readonly HashSet<int> _referenced = [];
    private readonly StoredWeights _weights;
    private PinnedArray<uint> _hashes = new(MaxEntries);
    private TPolicy _policy;
    private long _limit;
    private int _kept = NoSlot;
    private int _questions;

    public WeightedPolicyModel(long limit, Func<PolicySetup<StoredWeights>, TPolicy> create)
    {
        _limit = limit;
        _weights = new StoredWeights(MaxEntries);
        _policy = create(new PolicySetup<StoredWeights>(limit, MaxEntries, MaxEntries, MaxEntries, _hashes, _weights));
    }

    public bool PrefetchPays => true;

    private long Load => _occupied.Sum(slot => (long)_weights.Of(slot));

    public void Do(Step step)
    {
        int slot = step.Argument % MaxEntries;
        int weight = 1 + (int)(step.Argument * 7919L % _limit * (step.Argument % 5 == 0 ? 1 : 0.1));
        switch (step.Kind)
        {
            case < 45:
                Insert((uint)(step.Argument % 200) * 0x9E37_79B1, weight);
                break;
            case < 65 when _occupied.Contains(slot):
                _referenced.Add(slot);
                break;
            case >= 65 and < 80 when _occupied.Contains(slot):
                Reweigh(slot, weight);
                break;
            case >= 80 and < 90 when _occupied.Contains(slot):
                _policy.Remove(slot);
                Forget(slot);
                break;
            case 90 or 91:
                Resize(1 + (step.Argument % 3000));
                break;
            case 92:
                _policy.Compact();
                break;
            case 93 or 94:
                Renumber(step.Argument);
                break;
            case >= 95 and < 99 when _occupied.Contains(slot):
                _policy.MoveToHead(slot, (SlotQueue)(step.Argument / MaxEntries % 4));
                break;
            case 99:
                _policy.SetWindowShare(step.Argument / 9999.0);
                break;
        }

        _policy.AssertConsistent(_occupied.Contains);
        Assert.Equal(_occupied.Count, _policy.Count);
        Assert.InRange(Load, 0, _limit);
    }

    /// <summary>Empties the policy by evictions.</summary>
    public void Drain()
    {
        while (_occupied.Count > 0)
        {
            Assert.True(TryEvict(incoming: 0));
            _policy.AssertConsistent(_occupied.Contains);
        }

        Assert.False(TryEvict(incoming: 0));
    }

    bool IEvictionHost.IsReferenced(int slot)
    {
        _questions++;
        Assert.Contains(slot, _occupied);
        return _referenced.Contains(slot);
    }

    void IEvictionHost.ClearReferenced(int slot) => _referenced.Remove(slot);

    bool IEvictionHost.TryEvict(int slot)
    {
        Assert.Contains(slot, _occupied);
        if (slot == _kept)
        {
            return false;
        }

        // The weight of a slot stays until there is another entry.
        Forget(slot);
        return true;
    }

    void IEvictionHost.PrefetchReferenced(int slot) => Assert.InRange(slot, 0, MaxEntries - 1);

    void IEvictionHost.PrefetchEntry(int slot) => Assert.InRange(slot, 0, MaxEntries - 1);

    private void Insert(uint hash, int weight)
    {
        _policy.RecordMiss(hash);
        WeightedPolicyModel<TPolicy> host = this;
        (int before, int asked) = (_occupied.Count, _questions);
        bool isAdmitted = _policy.Admits(host, hash, weight, Load + weight - _limit);

        Assert.Equal(before, _occupied.Count);
        Assert.InRange(_questions - asked, 0, MaxEntries);
        Assert.True(isAdmitted || Load + weight > _limit, "there was room for it");
        if (!isAdmitted)
        {
            return;
        }

        MakeRoom(_limit - weight, weight);
        if (_occupied.Count == MaxEntries)
        {
            Assert.True(TryEvict(weight));
        }

        int slot = Enumerable.Range(0, MaxEntries).First(slot => !_occupied.Contains(slot));
        _occupied.Add(slot);
        _hashes[slot] = hash;
        _weights.Set(slot, weight);
        _policy.Add(slot, hash);
    }

    private void Reweigh(int slot, int weight)
    {
        _kept = slot;
        MakeRoom(_limit - weight + _weights.Of(slot), weight);
        _kept = NoSlot;
        Assert.Contains(slot, _occupied);
        _policy.Reweigh(slot, weight);
        _weights.Set(slot, weight);
        _referenced.Add(slot);
    }

    private void Resize(long limit)
    {
        _limit = limit;
        _policy.Resize(limit);
        MakeRoom(limit, incoming: 0);
    }

    private void MakeRoom(long target, long incoming)
    {
        while (Load > target)
        {
            Assert.True(TryEvict(incoming));
        }
    }

    private bool TryEvict(long incoming)
    {
        (int before, int asked) = (_occupied.Count, _questions);
        WeightedPolicyModel<TPolicy> host = this;
        bool isEvicted = _policy.TryEvict(host, incoming);

        Assert.Equal(isEvicted ? 1 : 0, before - _occupied.Count);
        Assert.InRange(_questions - asked, 0, 70 + (3 * MaxEntries));
        return isEvicted;
    }

    private void Forget(int slot)
    {
        _occupied.Remove(slot);
        _referenced.Remove(slot);
    }

    /// <summary>Moves every entry by some places.</summary>
    private void Renumber(int by)
    {
        int[] newSlots = new int[MaxEntries];
        var newHashes = new PinnedArray<uint>(MaxEntries);
        for (int slot = 0; slot < MaxEntries; slot++)
        {
            newSlots[slot] = _occupied.Contains(slot) ? (slot + by) % MaxEntries : -1;
            newHashes[(slot + by) % MaxEntries] = _hashes[slot];
        }

        _weights.Renumber(newSlots, MaxEntries);
        _policy.Renumber(newSlots, MaxEntries, MaxEntries, newHashes);
        _hashes = newHashes;
        foreach (HashSet<int> set in new[] { _occupied, _referenced })
        {
            int[] moved = [.. set.Select(slot => newSlots[slot])];
            set.Clear();
            set.UnionWith(moved);
        }
    }
}
