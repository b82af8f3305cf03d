namespace FastCache.Eviction;

/// <summary>Every entry weighs one.</summary>
internal readonly struct UnitWeights : IWeights
{
    public static bool Differ => false;

    public bool AreEqual => true;

    public int Of(int slot) => 1;

    public void PrepareFor(int weight)
    {
    }

    public void Set(int slot, int weight)
    {
    }

    public int[]? Renumber(ReadOnlySpan<int> newSlots, int slotCount) => null;

    public void Restore(int[]? before, int slotCount)
    {
    }
}
