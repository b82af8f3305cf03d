namespace FastCache.Timing;

/// <summary>Until when an entry may be served. Times as in <see cref="Tick"/>; the default is forever.</summary>
/// <param name="Deadline">The moment at which it expires whatever happens; 0 for none.</param>
/// <param name="IdleLimit">How long after the last access it expires; 0 for no such limit.</param>
/// <param name="LastAccess">When it was last accessed; meaningful with an idle limit only.</param>
internal readonly record struct Lifetime(long Deadline, long IdleLimit, long LastAccess)
{
    /// <summary>A moment that never comes.</summary>
    public const long Never = long.MaxValue;

    /// <summary>Whether it never ends: it has no limit, or none but such as lie beyond all time.</summary>
    public bool IsForever => (Deadline | IdleLimit) == 0 || ExpiresAt == Never;

    /// <summary>The earlier of both moments; <see cref="Never"/> if there is none.</summary>
    public long ExpiresAt
    {
        get
        {
            long fixedEnd = Deadline == 0 ? Never : Deadline;
            return IdleLimit == 0 ? fixedEnd : Math.Min(fixedEnd, After(LastAccess, IdleLimit));
        }
    }

    /// <summary>Whether that moment has come.</summary>
    public bool IsExpiredAt(long now) => ExpiresAt <= now;

    /// <summary>The moment a duration after another; <see cref="Never"/> where that is beyond all time.</summary>
    public static long After(long time, long duration) => duration < Never - time ? time + duration : Never;
}
