namespace FastCache;

/// <summary>How one entry is to be kept. What is not set is as the cache's options say.</summary>
/// <remarks>
/// Every write sets an entry's expiry anew: from its own options, if it has any, else from the cache's. It sets the tags anew, too: without
/// any in its options the entry has none.
/// </remarks>
public readonly struct EntryOptions : IEquatable<EntryOptions>
{
    private const long NotSet = 0;

    // Durations in ticks, -1 for an infinite one; the moment in ticks of UTC.
    private readonly long _expireAfterWrite;
    private readonly long _expireAfterAccess;
    private readonly long _expireAt;

    // Never empty, and never changed.
    private readonly string[]? _tags;

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

    /// <summary>
    /// What the entry belongs to: <see cref="Cache{TKey, TValue}.RemoveByTag"/> removes all entries with a tag at once. Null: none, which an
    /// empty list means too.
    /// </summary>
    /// <exception cref="ArgumentException">A tag is null or empty.</exception>
    /// <remarks>
    /// The list is copied; one that occurs twice counts once. Tags are compared ordinally. A hit of an entry with tags looks at each of them
    /// and takes some tens of nanoseconds more than another; writing one allocates 40 bytes, and more for several tags, or one that no entry
    /// has yet. A log writes them down with every value.
    /// </remarks>
    public IReadOnlyList<string>? Tags
    {
        get => _tags;
        init => _tags = CopyOf(value);
    }

    /// <summary>Whether a write with these options differs from one without.</summary>
    internal bool SetsAnything => SetsExpiry || _tags is not null;

    internal string[]? TagArray => _tags;

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
            && _expireAt == other._expireAt
            && _tags.AsSpan().SequenceEqual(other._tags);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EntryOptions other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_expireAfterWrite, _expireAfterAccess, _expireAt, _tags?.Length, _tags?[0]);

    private static string[]? CopyOf(IReadOnlyList<string>? tags)
    {
        if (tags is null || tags.Count == 0)
        {
            return null;
        }

        string[] copy = [.. tags];
        foreach (string tag in copy)
        {
            ArgumentException.ThrowIfNullOrEmpty(tag, nameof(Tags));
        }

        return copy;
    }

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
