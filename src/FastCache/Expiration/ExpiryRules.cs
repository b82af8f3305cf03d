using FastCache.Timing;

namespace FastCache.Expiration;

/// <summary>Until when an entry may be served: what the cache's options and those of the entry come to, but for its tags.</summary>
/// <remarks>Calls user code; outside any turn.</remarks>
internal sealed class ExpiryRules<TKey, TValue>
    where TKey : notnull
{
    private readonly TimeProvider _timeProvider;
    private readonly IExpiry<TKey, TValue>? _expiry;
    private readonly IReadExpiry<TKey, TValue>? _readExpiry;
    private readonly TimeSpan _expireAfterWrite;
    private readonly TimeSpan _expireAfterAccess;
    private readonly long _jitter;
    private readonly bool _isPrecise;
    private readonly LoadOptions _loading;

    /// <param name="options">Valid options.</param>
    public ExpiryRules(CacheOptions<TKey, TValue> options)
    {
        _isPrecise = options.PreciseExpiry;
        _loading = options.Loading;
        _timeProvider = options.TimeProvider;
        _expiry = options.Expiry;
        _readExpiry = options.Expiry as IReadExpiry<TKey, TValue>;
        _expireAfterWrite = options.ExpireAfterWrite ?? Timeout.InfiniteTimeSpan;
        _expireAfterAccess = options.ExpireAfterAccess ?? Timeout.InfiniteTimeSpan;

        // One less than the most there is: the random number is below the jitter plus one.
        _jitter = Math.Min(options.ExpiryJitter.Ticks, long.MaxValue - 1);
    }

    /// <summary>Whether entries without options of their own may expire.</summary>
    public bool HasDefaults
        => _expiry is not null
            || _expireAfterWrite != Timeout.InfiniteTimeSpan
            || _expireAfterAccess != Timeout.InfiniteTimeSpan;

    /// <summary>Whether a read may change an entry's expiry beyond noting the access.</summary>
    public bool ExaminesReads => _readExpiry is not null;

    /// <summary>
    /// The access to note at a moment: where time is coarse, the end of its tick, since the reads until then are not noted.
    /// </summary>
    public long AccessAt(long now) => _isPrecise ? now : Tick.EndOf(now);

    /// <summary>Of an entry that is about to be added.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="options">What the write says.</param>
    /// <param name="clock">Asked after user code, which may take its time.</param>
    /// <param name="now">The moment from which durations are counted.</param>
    public Lifetime OfNew(TKey key, TValue value, in EntryOptions options, CacheClock clock, out long now)
        => OfLoaded(key, value, options, _loading, clock, out now);

    /// <summary>Of an entry whose value has been loaded.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="options">How it is to be kept.</param>
    /// <param name="loading">How it was loaded.</param>
    /// <param name="clock">Asked after user code, which may take its time.</param>
    /// <param name="now">The moment from which durations are counted.</param>
    public Lifetime OfLoaded(
        TKey key, TValue value, in EntryOptions options, LoadOptions loading, CacheClock clock, out long now)
    {
        if (_expiry is null || options.SetsExpiry)
        {
            now = clock.Now();
            return WithRefresh(FromOptions(options, now), loading, now);
        }

        TimeSpan life = _expiry.ExpireAfterCreate(key, value);
        now = clock.Now();
        return WithRefresh(new Lifetime(DeadlineAfter(life, now), 0, 0), loading, now);
    }

    /// <summary>Of an entry that is put back, which counts as an access.</summary>
    public Lifetime OfRestored(long deadline, long idleLimit, long now)
        => WithRefresh(new Lifetime(deadline, idleLimit, AccessAt(now)), _loading, now);

    /// <summary>Of an entry whose value is about to be replaced.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its new value.</param>
    /// <param name="options">What the write says.</param>
    /// <param name="current">Its lifetime before.</param>
    /// <param name="clock">Asked after user code, which may take its time.</param>
    /// <param name="now">The moment from which durations are counted.</param>
    public Lifetime OfUpdated(
        TKey key, TValue value, in EntryOptions options, in Lifetime current, CacheClock clock, ref long now)
    {
        if (_expiry is null || options.SetsExpiry)
        {
            return WithRefresh(FromOptions(options, now), _loading, now);
        }

        TimeSpan timeToLive = TimeToLive(current, now);
        TimeSpan updated = _expiry.ExpireAfterUpdate(key, value, timeToLive);
        now = clock.Now();
        return updated == timeToLive ? current : WithRefresh(new Lifetime(DeadlineAfter(updated, now), 0, 0), _loading, now);
    }

    /// <summary>Of an entry that has been read at a moment. Only if <see cref="ExaminesReads"/>.</summary>
    public Lifetime OfRead(TKey key, TValue value, in Lifetime current, CacheClock clock, long now)
    {
        TimeSpan timeToLive = TimeToLive(current, now);
        TimeSpan updated = _readExpiry!.ExpireAfterRead(key, value, timeToLive);
        return updated == timeToLive
            ? current
            : new Lifetime(EndAfter(updated, clock.Now()), 0, 0) { Grace = current.Grace, RefreshAt = current.RefreshAt, Tags = current.Tags };
    }

    /// <summary>How long an entry lives on.</summary>
    public static TimeSpan TimeToLive(in Lifetime lifetime, long now)
        => lifetime.ExpiresAt == Lifetime.Never
            ? Timeout.InfiniteTimeSpan
            : TimeSpan.FromTicks(Math.Clamp(lifetime.ExpiresAt - now, 0, lifetime.IdleLimit == 0 ? long.MaxValue : lifetime.IdleLimit));

    private Lifetime FromOptions(in EntryOptions options, long now)
    {
        TimeSpan afterAccess = options.ExpireAfterAccess ?? _expireAfterAccess;
        TimeSpan afterWrite = options.ExpireAfterWrite
            ?? (options.ExpireAt is null ? _expireAfterWrite : Timeout.InfiniteTimeSpan);
        long deadline = DeadlineAfter(afterWrite, now);
        if (options.ExpireAt is { } moment)
        {
            long end = EndOf(moment - _timeProvider.GetUtcNow(), now);
            deadline = deadline == 0 ? end : Math.Min(deadline, end);
        }

        return new Lifetime(deadline, afterAccess == Timeout.InfiniteTimeSpan ? 0 : afterAccess.Ticks, AccessAt(now));
    }

    /// <summary>Says how long an entry is kept when it is stale, and from when on it is refreshed before it is.</summary>
    private static Lifetime WithRefresh(in Lifetime lifetime, LoadOptions loading, long now)
    {
        if (lifetime.IsForever || (loading.Grace == TimeSpan.Zero && loading.EagerRefreshThreshold is null))
        {
            return lifetime;
        }

        long refreshAt = loading.EagerRefreshThreshold is { } part ? now + (long)((lifetime.ExpiresAt - now) * part) : 0;
        return lifetime with { Grace = loading.Grace.Ticks, RefreshAt = refreshAt };
    }

    /// <summary>The end of a duration and some jitter.</summary>
    private long DeadlineAfter(TimeSpan duration, long now)
    {
        long end = EndAfter(duration, now);
        return _jitter == 0 || end == 0 || end <= now
            ? end
            : Lifetime.After(end, Random.Shared.NextInt64(_jitter + 1));
    }

    /// <summary>The end of a duration: 0 for an infinite one, now for one that is over.</summary>
    private static long EndAfter(TimeSpan duration, long now)
        => duration == Timeout.InfiniteTimeSpan ? 0 : EndOf(duration, now);

    /// <summary>The end of a time that is left: now if none is, a millisecond less than none included.</summary>
    private static long EndOf(TimeSpan left, long now) => Lifetime.After(now, Math.Max(0, left.Ticks));
}
