namespace FastCache.Eviction;

/// <summary>Where an entry stands in its policy.</summary>
/// <param name="Queue">Its queue; none for a slot that is not followed.</param>
/// <param name="Ahead">Entries of the queue that are looked at before it.</param>
/// <param name="Behind">Entries that are looked at after it.</param>
internal readonly record struct SlotStanding(SlotQueue Queue, int Ahead, int Behind);
