using FastCache.Eviction;

namespace FastCache.Journaling;

/// <summary>What an eviction policy knows of an entry. The default: nothing.</summary>
/// <param name="Queue">The queue that it is in; none for one that is pinned.</param>
/// <param name="IsReferenced">Whether it was read since the policy last looked at it.</param>
/// <param name="Frequency">How often it was asked for lately, from 0 to 15.</param>
internal readonly record struct EntryStanding(SlotQueue Queue, bool IsReferenced, int Frequency);
