namespace FastCache.Eviction;

/// <summary>What the entries of a shard weigh, by slot. Touched only inside its shard's turn.</summary>
/// <remarks>Implemented by structs and used as a type argument: without a weigher nothing is stored and nothing added up.</remarks>
internal interface IWeights
{
    /// <summary>Whether entries may differ in weight. Constant for the compiler.</summary>
    static abstract bool Differ { get; }

    /// <summary>Whether all entries so far have weighed one.</summary>
    bool AreEqual { get; }

    /// <summary>The weight of the entry in a slot, and of the last one that was there until there is another.</summary>
    int Of(int slot);

    /// <summary>Takes the memory that a weight needs, before anything is written that it would be missed for.</summary>
    void PrepareFor(int weight);

    void Set(int slot, int weight);

    /// <summary>The entries have new slot numbers, -1 for those that are gone. O(slots).</summary>
    /// <returns>What <see cref="Restore"/> takes to undo it.</returns>
    int[]? Renumber(ReadOnlySpan<int> newSlots, int slotCount);

    /// <param name="before">What <see cref="Renumber"/> has returned.</param>
    /// <param name="slotCount">How many slots there were before it.</param>
    void Restore(int[]? before, int slotCount);
}
