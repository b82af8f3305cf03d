using FastCache.Eviction;
using FastCache.Threading;
using Xunit;

namespace FastCache.Tests.Unit.Eviction;

/// <summary>A shard of numbered keys around a policy: a key takes the lowest free slot, a full shard evicts first.</summary>
internal sealed class PolicyRun<TPolicy>
    where TPolicy : struct, IEvictionPolicy
{
    private readonly int _capacity;
    private readonly Dictionary<int, int> _slotOfKey = [];
    private readonly Dictionary<int, int> _keyOfSlot = [];
    private readonly List<int> _lost = [];
    private SortedSet<int> _free;
    private TPolicy _policy;

    public PolicyRun(int capacity, Func<PolicySetup<UnitWeights>, TPolicy> create)
    {
        _capacity = capacity;
        int slotCount = capacity + 4;
        Host = new FakeHost(slotCount);
        Hashes = new PinnedArray<uint>(slotCount);
        _free = [.. Enumerable.Range(0, slotCount)];
        _policy = create(new PolicySetup<UnitWeights>(capacity, capacity, capacity, slotCount, Hashes, default));
    }

    public FakeHost Host { get; private set; }

    public PinnedArray<uint> Hashes { get; private set; }

    public ref TPolicy Policy => ref _policy;

    public IEnumerable<int> Keys => _slotOfKey.Keys;

    public static uint HashOf(int key) => (uint)(key + 1) * 0x9E37_79B1;

    public int SlotOf(int key) => _slotOfKey[key];

    /// <summary>Asks for a key, as a read-through cache would.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Ask(int key)
    {
        if (_slotOfKey.TryGetValue(key, out int slot))
        {
            Host.Referenced[slot] = true;
            return true;
        }

        _policy.RecordMiss(HashOf(key));
        if (_slotOfKey.Count == _capacity)
        {
            Assert.NotNull(Evict());
        }

        Add(key);
        return false;
    }

    /// <summary>Asks for keys one after the other.</summary>
    /// <returns>The keys that were evicted, in order.</returns>
    public int[] AskAll(params IEnumerable<int> keys)
    {
        var evicted = new List<int>();
        foreach (int key in keys)
        {
            int before = _lost.Count;
            Ask(key);
            evicted.AddRange(_lost.Skip(before));
        }

        return [.. evicted];
    }

    /// <summary>Asks for many keys.</summary>
    /// <returns>How many were there.</returns>
    public int CountHits(IEnumerable<int> keys) => keys.Count(Ask);

    /// <summary>Lets the policy evict.</summary>
    /// <returns>The key that is gone, or null if the policy could not.</returns>
    public int? Evict()
    {
        FakeHost host = Host;
        int before = host.Evicted.Count;
        if (!_policy.TryEvict(host, incoming: 1))
        {
            Assert.Equal(before, host.Evicted.Count);
            return null;
        }

        Assert.Equal(before + 1, host.Evicted.Count);
        int slot = host.Evicted[^1];
        int key = _keyOfSlot[slot];
        _lost.Add(key);
        Free(key);
        return key;
    }

    public void Add(int key)
    {
        int slot = _free.Min;
        _free.Remove(slot);
        (_slotOfKey[key], _keyOfSlot[slot]) = (slot, key);
        Host.Referenced[slot] = TPolicy.InitialReferenced != 0;
        Hashes[slot] = HashOf(key);
        _policy.Add(slot, Hashes[slot]);
    }

    /// <summary>Removes a key that is there, for a reason of the application's.</summary>
    public void Remove(int key)
    {
        _policy.Remove(_slotOfKey[key]);
        Free(key);
    }

    /// <summary>Moves every entry to another slot, in the opposite order, and loses some on the way.</summary>
    public void Renumber(int slotCount, params int[] lostKeys)
    {
        int[] newSlots = new int[Hashes.Length];
        Array.Fill(newSlots, -1);
        FakeHost oldHost = Host;
        (Host, Hashes) = (new FakeHost(slotCount), new PinnedArray<uint>(slotCount));
        _keyOfSlot.Clear();
        foreach ((int key, int oldSlot) in _slotOfKey.ToArray())
        {
            if (lostKeys.Contains(key))
            {
                _slotOfKey.Remove(key);
                continue;
            }

            int newSlot = slotCount - 1 - oldSlot;
            newSlots[oldSlot] = newSlot;
            (_slotOfKey[key], _keyOfSlot[newSlot]) = (newSlot, key);
            Host.Referenced[newSlot] = oldHost.Referenced[oldSlot];
            Hashes[newSlot] = HashOf(key);
        }

        _free = [.. Enumerable.Range(0, slotCount).Except(_slotOfKey.Values)];
        _policy.Renumber(newSlots, Math.Min(_capacity, slotCount), slotCount, Hashes);
    }

    public void AssertConsistent()
    {
        _policy.AssertConsistent(_keyOfSlot.ContainsKey);
        Assert.Equal(_slotOfKey.Count, _policy.Count);
        Assert.True(_slotOfKey.Count <= _capacity);
    }

    private void Free(int key)
    {
        _slotOfKey.Remove(key, out int slot);
        _keyOfSlot.Remove(slot);
        _free.Add(slot);
    }
}
