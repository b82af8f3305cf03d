using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Primitives;

namespace FastCache.Extensions.Memory;

/// <summary>An entry, first while it is being written, then as what the cache holds.</summary>
/// <remarks>
/// One object for both: the interface hands out an object for each entry, and so it costs nothing further. What is not set is kept as a
/// number that cannot be set, which makes the object 40 bytes smaller than nullable fields would.
/// </remarks>
internal sealed class MemoryCacheEntry(object key, FastCacheMemoryCache cache) : ICacheEntry
{
    private const long NotSet = -1;

    private readonly FastCacheMemoryCache _cache = cache;
    private EntryAttachments? _attachments;
    private long _absolute = NotSet;
    private long _relative = NotSet;
    private long _sliding = NotSet;
    private long _size = NotSet;
    private int _reason;
    private short _offsetMinutes;
    private bool _isValueSet;
    private bool _isDisposed;

    public object Key { get; } = key;

    public object? Value
    {
        get => field;
        set
        {
            field = value;
            _isValueSet = true;
        }
    }

    public DateTimeOffset? AbsoluteExpiration
    {
        get => _absolute == NotSet ? null : new DateTimeOffset(_absolute, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(_offsetMinutes));
        set => (_absolute, _offsetMinutes) = value is { } moment ? (moment.UtcTicks, (short)moment.TotalOffsetMinutes) : (NotSet, (short)0);
    }

    public TimeSpan? AbsoluteExpirationRelativeToNow
    {
        get => DurationOf(_relative);
        set => _relative = TicksOf(value, nameof(AbsoluteExpirationRelativeToNow), "relative");
    }

    public TimeSpan? SlidingExpiration
    {
        get => DurationOf(_sliding);
        set => _sliding = TicksOf(value, nameof(SlidingExpiration), "sliding");
    }

    public IList<IChangeToken> ExpirationTokens => Attachments.Tokens;

    public IList<PostEvictionCallbackRegistration> PostEvictionCallbacks => Attachments.Callbacks;

    public CacheItemPriority Priority { get; set; } = CacheItemPriority.Normal;

    public long? Size
    {
        get => _size == NotSet ? null : _size;
        set
        {
            if (value < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "The size must not be negative.");
            }

            if (_isDisposed)
            {
                throw new InvalidOperationException("The entry is in the cache, which has counted its size.");
            }

            _size = value ?? NotSet;
        }
    }

    /// <summary>Why it left the cache; <see cref="EvictionReason.None"/> if nobody has said so before it did.</summary>
    public EvictionReason Reason => (EvictionReason)Volatile.Read(ref _reason);

    /// <summary>Until when it is to be kept.</summary>
    public EntryOptions Lifetime => EntryLifetime.Of(AbsoluteExpiration, AbsoluteExpirationRelativeToNow, SlidingExpiration);

    /// <summary>Whether one of its tokens says that it is out of date.</summary>
    public bool HasChangedToken => _attachments is { } attachments && attachments.HasChangedToken;

    /// <summary>Whether there may be tokens or callbacks, for which it matters that it leaves the cache.</summary>
    public bool HasAttachments => Volatile.Read(ref _attachments) is not null;

    private EntryAttachments Attachments
    {
        get
        {
            if (_attachments is null)
            {
                _cache.NoteAttachments();
                Interlocked.CompareExchange(ref _attachments, new EntryAttachments(), null);
            }

            return _attachments;
        }
    }

    /// <summary>Commits the entry, if its value was set.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (_isValueSet)
        {
            _attachments?.Freeze();
            _cache.Commit(this);
        }
    }

    /// <summary>Says why it leaves the cache. The first word counts.</summary>
    public void SetReason(EvictionReason reason) => Interlocked.CompareExchange(ref _reason, (int)reason, (int)EvictionReason.None);

    /// <summary>Waits for its tokens to change from now on. When it is in the cache.</summary>
    public void Attach() => _attachments?.Attach(static entry => ((MemoryCacheEntry)entry!).Expire(), this);

    /// <summary>Waits for its tokens no longer.</summary>
    /// <returns>Whether that was the first call.</returns>
    public bool Detach() => _attachments?.Detach() ?? false;

    /// <summary>Removes it, because a token has changed.</summary>
    public void Expire()
    {
        // Before it is removed, and by one thread only: whoever gives up a token waits for what the token calls, which must not wait for
        // him. And whoever was first to do so knows why the entry goes.
        if (Detach())
        {
            SetReason(EvictionReason.TokenExpired);
            _cache.RemoveExactly(this);
        }
    }

    /// <summary>Takes what is to be called when it is gone, once.</summary>
    public IList<PostEvictionCallbackRegistration> TakeCallbacks() => _attachments?.TakeCallbacks() ?? [];

    private static TimeSpan? DurationOf(long ticks) => ticks == NotSet ? null : TimeSpan.FromTicks(ticks);

    private static long TicksOf(TimeSpan? duration, string name, string kind)
        => duration switch
        {
            null => NotSet,
            { Ticks: > 0 } set => set.Ticks,
            _ => throw new ArgumentOutOfRangeException(name, duration, $"The {kind} expiration value must be positive."),
        };
}
