using FastCache.Eviction;

namespace FastCache.Tests.Unit.Eviction;

/// <summary>A shard without a table: referenced bits, entries that cannot go, and a record of what was asked.</summary>
internal sealed class FakeHost(int slotCount) : IEvictionHost
{
    public bool[] Referenced { get; } = new bool[slotCount];

    /// <summary>Slots whose entries cannot be evicted now.</summary>
    public HashSet<int> Refusing { get; } = [];

    /// <summary>What was evicted, in order.</summary>
    public List<int> Evicted { get; } = [];

    /// <summary>How often it was asked for a referenced bit.</summary>
    public int Questions { get; private set; }

    /// <summary>How often it was asked to evict.</summary>
    public int Attempts { get; private set; }

    /// <summary>So that announcements are made; one of a slot out of range throws.</summary>
    public bool PrefetchPays => true;

    public bool IsReferenced(int slot)
    {
        Questions++;
        return Referenced[slot];
    }

    public void ClearReferenced(int slot) => Referenced[slot] = false;

    public bool TryEvict(int slot)
    {
        Attempts++;
        if (Refusing.Contains(slot))
        {
            return false;
        }

        Evicted.Add(slot);
        return true;
    }

    public void PrefetchReferenced(int slot) => _ = Referenced[slot];

    public void PrefetchEntry(int slot) => _ = Referenced[slot];
}
