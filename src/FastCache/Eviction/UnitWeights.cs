namespace FastCache.Eviction;

/// <summary>Every entry weighs one.</summary>
internal readonly struct UnitWeights : IWeights
{
    public static bool Differ => false;

    public int Of(int slot) => 1;

    public void Set(int slot, int weight)
    {
    }

    public void Renumber(ReadOnlySpan<int> newSlots, int slotCount)
    {
    }

    public void UndoRenumber()
    {
    }
}
