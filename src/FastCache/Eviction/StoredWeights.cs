namespace FastCache.Eviction;

/// <summary>Four bytes a slot. Copies of the struct are views of the same weights.</summary>
internal readonly struct StoredWeights(int slotCount) : IWeights
{
    private readonly Slots _slots = new(new int[slotCount]);

    public static bool Differ => true;

    public int Of(int slot) => _slots.Weights[slot];

    public void Set(int slot, int weight) => _slots.Weights[slot] = weight;

    public int[]? Renumber(ReadOnlySpan<int> newSlots, int slotCount)
    {
        int[] old = _slots.Weights;
        int[] weights = new int[slotCount];
        for (int slot = 0; slot < newSlots.Length; slot++)
        {
            if (newSlots[slot] >= 0)
            {
                weights[newSlots[slot]] = old[slot];
            }
        }

        _slots.Weights = weights;
        return old;
    }

    public void Restore(int[]? before) => _slots.Weights = before!;

    private sealed class Slots(int[] weights)
    {
        public int[] Weights = weights;
    }
}
