namespace FastCache;

/// <summary>How values are loaded, and what happens while one is old, slow or not to be had.</summary>
/// <remarks>
/// Immutable: made once and shared. <see cref="CacheOptions{TKey, TValue}.Loading"/> holds those of calls that say nothing. All durations are
/// counted by the cache's time provider.
/// </remarks>
public sealed record LoadOptions
{
    /// <summary>What loads that say nothing do: load when there is no value, wait as long as it takes, and fail as the factory fails.</summary>
    public static LoadOptions Default { get; } = new();

    /// <summary>How loaded entries are kept, unless the factory says otherwise through its <see cref="LoadContext{TKey, TValue}"/>.</summary>
    public EntryOptions Entry { get; init; }

    /// <summary>
    /// How long a negative result is kept: a null, or what the factory marks by
    /// <see cref="LoadContext{TKey, TValue}.IsNegative"/>. Null: like any other result.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration is zero or negative.</exception>
    public TimeSpan? NegativeExpireAfterWrite
    {
        get;
        init => field = value is { } duration ? RequirePositive(duration, nameof(NegativeExpireAfterWrite)) : null;
    }

    /// <summary>
    /// The part of an entry's time to live after which the next load call that hits it refreshes it in the background, while everybody is
    /// served the present value. Above 0 and below 1; null: never.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not between 0 and 1.</exception>
    public double? EagerRefreshThreshold
    {
        get;
        init => field = value is null or (> 0 and < 1)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(EagerRefreshThreshold), value, $"EagerRefreshThreshold is {value}; it must be above 0 and below 1.");
    }

    /// <summary>
    /// For how long after it has expired a value is still served by load calls, while it is refreshed in the background. Zero: not at all.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    public TimeSpan StaleWhileRevalidate
    {
        get;
        init => field = RequireNotNegative(value, nameof(StaleWhileRevalidate));
    }

    /// <summary>
    /// For how long after it has expired a value may stand in for one that cannot be loaded: because the factory fails, or takes longer than
    /// <see cref="SoftTimeout"/> or <see cref="HardTimeout"/>. Zero: not at all.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    public TimeSpan FailSafeMaxDuration
    {
        get;
        init => field = RequireNotNegative(value, nameof(FailSafeMaxDuration));
    }

    /// <summary>
    /// For how long after a failed load of a key that has a value, fresh or stale, no other is tried and the value is served. The default is
    /// ten seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    public TimeSpan FailSafeThrottle
    {
        get;
        init => field = RequireNotNegative(value, nameof(FailSafeThrottle));
    }

    = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a caller waits for a load before it takes the stale value that <see cref="FailSafeMaxDuration"/> allows; the load goes on in
    /// the background. Without such a value it waits on. Null: no such limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration is zero or negative.</exception>
    public TimeSpan? SoftTimeout
    {
        get;
        init => field = value is { } duration ? RequirePositive(duration, nameof(SoftTimeout)) : null;
    }

    /// <summary>
    /// How long a load may take. Then its token is cancelled, and it has failed with a <see cref="TimeoutException"/>, whether or not the
    /// factory heeds the token. Null: no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration is zero or negative.</exception>
    public TimeSpan? HardTimeout
    {
        get;
        init => field = value is { } duration ? RequirePositive(duration, nameof(HardTimeout)) : null;
    }

    /// <summary>How long an expired entry is kept for those who take a stale value.</summary>
    internal TimeSpan Grace => StaleWhileRevalidate > FailSafeMaxDuration ? StaleWhileRevalidate : FailSafeMaxDuration;

    private static TimeSpan RequirePositive(TimeSpan duration, string name)
        => duration > TimeSpan.Zero
            ? duration
            : throw new ArgumentOutOfRangeException(name, duration, $"{name} is {duration}; it must be positive.");

    private static TimeSpan RequireNotNegative(TimeSpan duration, string name)
        => duration >= TimeSpan.Zero
            ? duration
            : throw new ArgumentOutOfRangeException(name, duration, $"{name} is {duration}; it must not be negative.");
}
