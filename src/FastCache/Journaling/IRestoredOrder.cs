namespace FastCache.Journaling;

/// <summary>In which order the entries stood that a journal has restored.</summary>
internal interface IRestoredOrder
{
    /// <summary>Finds an entry by where the journal has it; false for what came later, or is not known.</summary>
    /// <param name="position">Where the journal has it.</param>
    /// <param name="rank">0 for the hottest.</param>
    /// <param name="standing">Where it stood.</param>
    bool TryGetRank(ulong position, out int rank, out EntryStanding standing);
}
