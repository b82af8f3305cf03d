namespace FastCache.Eviction;

/// <summary>Four bytes a slot, but only from the first weight on that is not 1. Copies of the struct are views of the same weights.</summary>
/// <remarks>Where a limit counts entries and few weigh nothing, or none do, an eviction is spared the cache misses that weights are.</remarks>
internal readonly struct StoredWeights(int slotCount) : IWeights
{
    private const int Usual = 1;

    private readonly Slots _slots = new(slotCount);

    public static bool Differ => true;

    public bool AreEqual => _slots.Weights is null;

    public int Of(int slot) => _slots.Weights is { } weights ? weights[slot] : Usual;

    public void PrepareFor(int weight)
    {
        if (weight != Usual && _slots.Weights is null)
        {
            int[] weights = new int[_slots.Count];
            Array.Fill(weights, Usual);
            _slots.Weights = weights;
        }
    }

    public void Set(int slot, int weight)
    {
        PrepareFor(weight);
        if (_slots.Weights is { } weights)
        {
            weights[slot] = weight;
        }
    }

    public int[]? Renumber(ReadOnlySpan<int> newSlots, int slotCount)
    {
        int[]? old = _slots.Weights;
        int[]? weights = old is null ? null : new int[slotCount];
        for (int slot = 0; weights is not null && slot < newSlots.Length; slot++)
        {
            if (newSlots[slot] >= 0)
            {
                weights[newSlots[slot]] = old![slot];
            }
        }

        Restore(weights, slotCount);
        return old;
    }

    public void Restore(int[]? before, int slotCount) => (_slots.Weights, _slots.Count) = (before, slotCount);

    private sealed class Slots(int count)
    {
        public int[]? Weights;
        public int Count = count;
    }
}
