namespace FastCache;

/// <summary>How one entry is to be kept. What is not set is as the cache's options say.</summary>
/// <remarks>Every write sets an entry's expiry anew: from its own options, if it has any, else from the cache's.</remarks>
public readonly struct EntryOptions : IEquatable<EntryOptions>
{
    private const long NotSet = 0;

    // Durations in ticks, -1 for an infinite one; the moment in ticks of UTC.
    private readonly long _expireAfterWrite;
    private readonly long _expireAfterAccess;
    private readonly long _expireAt;

    /// <summary>
    /// How long after this write the entry expires. <see cref="Timeout.InfiniteTimeSpan"/>: not because of its age, whatever the
    /// cache's options say.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration is zero or negative.</exception>
    public TimeSpan? ExpireAfterWrite
    {
        get => DurationOf(_expireAfterWrite);
        init => _expireAfterWrite = TicksOf(value, nameof(ExpireAfterWrite));
    }

    /// <summary>
    /// How long after its last access, which this write is too, the entry expires. <see cref="Timeout.InfiniteTimeSpan"/>: not
    /// because it is idle, whatever the cache's options say.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration is zero or negative.</exception>
    public TimeSpan? ExpireAfterAccess
    {
        get => DurationOf(_expireAfterAccess);
        init => _expireAfterAccess = TicksOf(value, nameof(ExpireAfterAccess));
    }

    /// <summary>
    /// The moment at which the entry expires, by the wall clock of the cache's time provider at the time of the write. A moment
    /// that has passed means that the value is not kept. Takes the place of the cache's time to live, but not of its idle limit.
    /// </summary>
    public DateTimeOffset? ExpireAt
    {
        get => _expireAt == NotSet ? null : new DateTimeOffset(_expireAt, TimeSpan.Zero);
        init => _expireAt = value is { } moment ? Math.Max(1, moment.UtcTicks) : NotSet;
    }

    internal bool SetsExpiry => (_expireAfterWrite | _expireAfterAccess | _expireAt) != NotSet;

    internal static bool IsDuration(TimeSpan duration) => duration > TimeSpan.Zero || duration == Timeout.InfiniteTimeSpan;

    /// <summary>Whether two values say the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(EntryOptions left, EntryOptions right) => left.Equals(right);

    /// <summary>Whether two values differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(EntryOptions left, EntryOptions right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(EntryOptions other)
        => _expireAfterWrite == other._expireAfterWrite
            && _expireAfterAccess == other._expireAfterAccess
            && _expireAt == other._expireAt;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EntryOptions other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_expireAfterWrite, _expireAfterAccess, _expireAt);

    private static TimeSpan? DurationOf(long ticks)
        => ticks switch
        {
            NotSet => null,
            < 0 => Timeout.InfiniteTimeSpan,
            _ => TimeSpan.FromTicks(ticks),
        };

    private static long TicksOf(TimeSpan? duration, string name)
    {
        if (duration is not { } set)
        {
            return NotSet;
        }

        if (!IsDuration(set))
        {
            throw new ArgumentOutOfRangeException(
                name, set, $"{name} is {set}; it must be positive, or Timeout.InfiniteTimeSpan.");
        }

        return set == Timeout.InfiniteTimeSpan ? -1 : set.Ticks;
    }
}
