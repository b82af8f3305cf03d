namespace FastCache.Table;

/// <summary>One entry at one moment: a conditional write succeeds only if it is still exactly that.</summary>
internal readonly record struct EntryStamp(object Table, int Slot, uint Version);
