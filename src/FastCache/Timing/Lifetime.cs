using FastCache.Tagging;

namespace FastCache.Timing;

/// <summary>Until when an entry may be served. Times as in <see cref="Tick"/>; the default is forever.</summary>
/// <param name="Deadline">The moment at which it expires whatever happens; 0 for none.</param>
/// <param name="IdleLimit">How long after the last access it expires; 0 for no such limit.</param>
/// <param name="LastAccess">When it was last accessed; meaningful with an idle limit only.</param>
internal readonly record struct Lifetime(long Deadline, long IdleLimit, long LastAccess)
{
    /// <summary>A moment that never comes.</summary>
    public const long Never = long.MaxValue;

    /// <summary>How long after it has expired it is kept, for those who prefer a stale value to none.</summary>
    public long Grace { get; init; }

    /// <summary>
    /// The moment from which a load may replace it, be it fresh then or stale: the threshold of an eager refresh, or the end of
    /// a pause after a failed one. 0: as soon as it has expired.
    /// </summary>
    public long RefreshAt { get; init; }

    /// <summary>What may end it at any moment, whatever its times are; null for nothing.</summary>
    public TagSet? Tags { get; init; }

    /// <summary>Whether one of its tags was invalidated. From then on it is of no use to anybody, and stays so.</summary>
    public bool IsInvalidated => Tags is { IsInvalidated: true };

    /// <summary>Whether there is nothing to remember of it: it never ends.</summary>
    public bool IsPlain => IsForever && Tags is null;

    /// <summary>Whether its times never end it: it has no limit, or none but such as lie beyond all time.</summary>
    public bool IsForever => (Deadline | IdleLimit) == 0 || ExpiresAt == Never;

    /// <summary>The earlier of both moments; <see cref="Never"/> if there is none. From then on it is stale.</summary>
    public long ExpiresAt
    {
        get
        {
            long fixedEnd = Deadline == 0 ? Never : Deadline;
            return IdleLimit == 0 ? fixedEnd : Math.Min(fixedEnd, After(LastAccess, IdleLimit));
        }
    }

    /// <summary>The moment from which it is of no use to anybody.</summary>
    public long GoneAt => After(ExpiresAt, Grace);

    /// <summary>Whether its times have ended it: what a write asks, whose tags concern those who read.</summary>
    public bool IsOverAt(long now) => ExpiresAt <= now;

    /// <summary>
    /// Whether the moment has come from which it is stale, or more than that. Asked first where <see cref="IsGoneAt"/> is asked too: tags are
    /// invalidated in between, and what is out of date must not be taken for stale.
    /// </summary>
    public bool IsExpiredAt(long now) => IsOverAt(now) || IsInvalidated;

    /// <summary>Whether the moment has come from which it is of no use to anybody.</summary>
    public bool IsGoneAt(long now) => GoneAt <= now || IsInvalidated;

    /// <summary>Whether a load may replace it while it is fresh.</summary>
    public bool IsRefreshDueAt(long now) => RefreshAt != 0 && RefreshAt <= now;

    /// <summary>The moment a duration after another; <see cref="Never"/> where that is beyond all time.</summary>
    public static long After(long time, long duration) => duration < Never - time ? time + duration : Never;
}
