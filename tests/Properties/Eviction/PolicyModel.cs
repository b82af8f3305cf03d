using FastCache.Eviction;
using FastCache.Threading;
using FastCache.Tests.Properties.Table;
using Xunit;

namespace FastCache.Tests.Properties.Eviction;

/// <summary>A shard's slots around a policy: who is where, who is referenced, and who cannot go at the moment.</summary>
internal sealed class PolicyModel<TPolicy> : IEvictionHost
    where TPolicy : struct, IEvictionPolicy
{
    private readonly int _capacity;
    private readonly HashSet<int> _occupied = [];
    private readonly HashSet<int> _referenced = [];
    private readonly HashSet<int> _refusing = [];
    private PinnedArray<uint> _hashes;
    private TPolicy _policy;
    private int _evicted;
    private int _questions;

    public PolicyModel(int capacity, Func<PolicySetup<UnitWeights>, TPolicy> create)
    {
        _capacity = capacity;
        _hashes = new PinnedArray<uint>(capacity + 3);
        _policy = create(new PolicySetup<UnitWeights>(capacity, capacity, capacity, _hashes.Length, _hashes, default));
    }

    public bool PrefetchPays => true;

    public void Do(Step step)
    {
        int slot = step.Argument % _hashes.Length;
        switch (step.Kind)
        {
            case < 45:
                Insert((uint)(step.Argument % (3 * _capacity)) * 0x9E37_79B1);
                break;
            case < 70:
                Mark(_referenced, slot);
                break;
            case < 80:
                Remove(slot);
                break;
            case < 90:
                Mark(_refusing, slot);
                break;
            case < 93:
                _refusing.Clear();
                break;
            case < 96:
                MoveToHead(slot, (SlotQueue)(step.Argument / _hashes.Length % 4));
                break;
            case 96:
                _policy.SetWindowShare(step.Argument / 9999.0);
                _policy.Recall((uint)step.Argument * 0x9E37_79B1, step.Argument % 16);
                break;
            case 97:
                _policy.Compact();
                break;
            default:
                Renumber(step.Argument);
                break;
        }

        _policy.AssertConsistent(_occupied.Contains);
        Assert.Equal(_occupied.Count, _policy.Count);
    }

    /// <summary>Empties the policy by evictions.</summary>
    public void Drain()
    {
        _refusing.Clear();
        while (_occupied.Count > 0)
        {
            Assert.True(TryEvict());
            _policy.AssertConsistent(_occupied.Contains);
        }

        Assert.False(TryEvict());
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
        if (_refusing.Contains(slot))
        {
            return false;
        }

        Forget(slot);
        _evicted++;
        return true;
    }

    void IEvictionHost.PrefetchReferenced(int slot) => Assert.InRange(slot, 0, _hashes.Length - 1);

    void IEvictionHost.PrefetchEntry(int slot) => Assert.InRange(slot, 0, _hashes.Length - 1);

    private void Insert(uint hash)
    {
        _policy.RecordMiss(hash);
        if (_occupied.Count == _capacity && !TryEvict())
        {
            Assert.NotEmpty(_refusing);
            return;
        }

        int slot = Enumerable.Range(0, _hashes.Length).First(slot => !_occupied.Contains(slot));
        _occupied.Add(slot);
        _hashes[slot] = hash;
        _policy.Add(slot, hash);
    }

    private bool TryEvict()
    {
        (int before, int asked) = (_evicted, _questions);
        PolicyModel<TPolicy> host = this;
        bool evicted = _policy.TryEvict(host, incoming: 1);

        Assert.Equal(evicted ? 1 : 0, _evicted - before);
        Assert.True(_refusing.Count > 0 || _questions - asked <= 70 + _capacity, $"{_questions - asked} questions");
        return evicted;
    }

    private void Mark(HashSet<int> marks, int slot)
    {
        if (_occupied.Contains(slot))
        {
            marks.Add(slot);
        }
    }

    private void MoveToHead(int slot, SlotQueue queue)
    {
        if (_occupied.Contains(slot))
        {
            _policy.MoveToHead(slot, queue);
            SlotStanding[] standings = _policy.Standings();
            Assert.Equal(0, standings[slot].Behind);
            Assert.Equal(_occupied.Count, standings.Count(static standing => standing.Queue != SlotQueue.None));
        }
    }

    private void Remove(int slot)
    {
        if (_occupied.Contains(slot))
        {
            _policy.Remove(slot);
            Forget(slot);
        }
    }

    private void Forget(int slot)
    {
        _occupied.Remove(slot);
        _referenced.Remove(slot);
        _refusing.Remove(slot);
    }

    private void Renumber(int by)
    {
        int slotCount = _capacity + 3 + (by % 7);
        int[] newSlots = new int[_hashes.Length];
        var newHashes = new PinnedArray<uint>(slotCount);
        int[] moved = [.. _occupied.Where(slot => (slot + by) % 13 != 0)];
        Array.Fill(newSlots, -1);
        for (int i = 0; i < moved.Length; i++)
        {
            newSlots[moved[i]] = (i + by) % slotCount;
            newHashes[newSlots[moved[i]]] = _hashes[moved[i]];
        }

        _policy.Renumber(newSlots, Math.Min(_capacity, slotCount), slotCount, newHashes);
        _hashes = newHashes;
        foreach (HashSet<int> set in new[] { _occupied, _referenced, _refusing })
        {
            int[] kept = [.. set.Select(slot => newSlots[slot]).Where(slot => slot >= 0)];
            set.Clear();
            set.UnionWith(kept);
        }
    }
}
