namespace FastCache;

/// <summary>Why an entry is kept, and what would have to happen for it to go.</summary>
public sealed record EntryExplanation
{
    /// <summary>The part of the policy that holds the entry.</summary>
    public required EvictionSegment Segment { get; init; }

    /// <summary>Whether it was used since the policy last looked at it: if so it is not given up at the next look.</summary>
    public required bool IsReferenced { get; init; }

    /// <summary>
    /// How often its key was asked for lately, as the policy estimates it: 0 to 15; null for a policy that does not count.
    /// </summary>
    public required int? Frequency { get; init; }

    /// <summary>How many entries of its queue the policy looks at before this one.</summary>
    public required int EntriesAhead { get; init; }

    /// <summary>Its age as the policy sees it: how many entries have joined its queue since it did.</summary>
    public required int Age { get; init; }

    /// <summary>How long it lives on; <see cref="Timeout.InfiniteTimeSpan"/> if it does not expire.</summary>
    public required TimeSpan TimeToLive { get; init; }

    /// <summary>What it weighs; 1 in a cache without a weigher.</summary>
    public required int Weight { get; init; }
}
