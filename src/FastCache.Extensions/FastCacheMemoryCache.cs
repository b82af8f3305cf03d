using System.Runtime.CompilerServices;
using FastCache.Extensions.Health;
using FastCache.Extensions.Memory;
using FastCache.Extensions.Policies;
using FastCache.Extensions.Registration;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;

namespace FastCache.Extensions;

/// <summary>A bounded <see cref="IMemoryCache"/>: the interface's semantics over a <see cref="Cache{TKey, TValue}"/>.</summary>
/// <remarks>
/// <para>All members are thread-safe. A hit takes no lock and allocates nothing but the box of a key that is a value.</para>
/// <para>What differs from <c>MemoryCache</c>: there always is a limit, which is kept at any instant; a full cache makes room for what is
/// added instead of dropping it, by what is used least, not by priority. An entry of <see cref="CacheItemPriority.NeverRemove"/> is never
/// evicted and does not count against the limit; one of size 0 counts as 1, one above 2,147,483,647 is too large. Low, normal and high
/// priority matter to <see cref="Compact"/>. Without a size limit, sizes are ignored. Post-eviction callbacks are called one after the
/// other, for one key in the order of what happened to it, soon after; one that blocks holds up the others. Entries are never linked to
/// each other.</para>
/// <para>The extension methods <c>GetOrCreate</c> and <c>GetOrCreateAsync</c> of the interface read, call the factory and write: callers
/// who miss at the same time all call it. <see cref="Cache{TKey, TValue}.GetOrAddAsync(TKey, Func{TKey, CancellationToken,
/// ValueTask{TValue}}, CancellationToken)"/> calls it once.</para>
/// </remarks>
public sealed partial class FastCacheMemoryCache : IMemoryCache, IAsyncDisposable
{
    private readonly Cache<ObjectKey, MemoryCacheEntry> _cache;
    private readonly bool _keepsEntries;
    private readonly bool _hasSizeLimit;
    private readonly bool _tracksStatistics;
    private readonly EntryPolicies? _policies;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly bool _logsKeys;

    // Plain: whoever sees it late finds the cache empty, and the listener hears of the end after it.
    private bool _isDisposed;

    // Whether any entry has had tokens or callbacks. Set before they are there, and never taken back.
    private bool _hasAttachments;

    // Hits of the cache whose entry turned out to be out of date.
    private long _outdatedHits;

    /// <summary>Makes a cache.</summary>
    /// <param name="options">What it is to be like.</param>
    /// <param name="name">What it is called in metrics; null for no name.</param>
    /// <param name="timeProvider">Where time comes from; null for the system.</param>
    /// <param name="loggerFactory">Where callbacks that fail are logged; null for nowhere.</param>
    /// <param name="meterFactory">Makes the meter; null for one that the process shares.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="CacheOptionsException">Something is wrong with the options; every fault is named.</exception>
    public FastCacheMemoryCache(
        FastCacheOptions options,
        string? name = null,
        TimeProvider? timeProvider = null,
        ILoggerFactory? loggerFactory = null,
        System.Diagnostics.Metrics.IMeterFactory? meterFactory = null)
        : this(options, name, new CacheSurroundings(timeProvider, loggerFactory, meterFactory))
    {
    }

    internal FastCacheMemoryCache(FastCacheOptions options, string? name, CacheSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(options);
        FastCacheOptionsValidator.ThrowIfInvalid(options, nameof(options));

        _keepsEntries = options.Enabled;
        _hasSizeLimit = options.TotalSize is not null;
        _tracksStatistics = options.TrackStatistics;
        _logsKeys = options.LogKeys;
        _policies = EntryPolicies.Of(options);
        _timeProvider = surroundings.TimeProvider;
        _logger = surroundings.LoggerFor(MemoryCacheLog.Category);

        CacheOptions<ObjectKey, MemoryCacheEntry> cacheOptions
            = CacheOptionsMapping.Begin<ObjectKey, MemoryCacheEntry>(options, name, surroundings);
        cacheOptions.RemovalListener = OnRemoved;
        cacheOptions.RemovalFilter = IsRemovalOfInterest;

        // Always, because a weight of 0 is what pins an entry.
        cacheOptions.Weigher = Weigh;
        CacheOptionsMapping.LimitByWeight(cacheOptions, options);
        CacheOptionsMapping.ExpireByDefault(cacheOptions, options);
        _cache = new Cache<ObjectKey, MemoryCacheEntry>(cacheOptions);
    }

    /// <summary>How it is now; null if it keeps nothing.</summary>
    internal CacheFigures? Figures
        => _keepsEntries ? new CacheFigures(this, new CacheLabel(_cache.Name ?? "", CacheLabel.MemoryKind), Statistics) : null;

    // A hit whose entry turned out to be out of date was none.
    private CacheStatistics Statistics
    {
        get
        {
            CacheStatistics statistics = _cache.Statistics;
            long outdated = Volatile.Read(ref _outdatedHits);
            return statistics with { Hits = statistics.Hits - outdated, Misses = statistics.Misses + outdated };
        }
    }

    /// <summary>Reads a value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value, or null if the key is absent.</param>
    /// <returns>Whether the key is present.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The cache was disposed.</exception>
    /// <remarks>O(1), lock-free, no allocation. Asks the entry's expiration tokens, if it has any, whether they have changed.</remarks>
    public bool TryGetValue(object key, out object? value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_cache.TryGet(new ObjectKey(key), out MemoryCacheEntry? entry) && IsCurrent(entry))
        {
            value = entry.Value;
            return true;
        }

        value = null;
        return false;
    }

    /// <summary>Reads the value of a string key by its characters, without making the string.</summary>
    /// <param name="key">The characters.</param>
    /// <param name="value">The value, or null if the key is absent.</param>
    /// <inheritdoc cref="TryGetValue(object, out object?)" path="/*[self::returns or self::remarks]"/>
    /// <exception cref="ObjectDisposedException">The cache was disposed.</exception>
    [OverloadResolutionPriority(-1)]
    public bool TryGetValue(ReadOnlySpan<char> key, out object? value)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_cache.TryGet(new TextProbe(key), ObjectKey.HashCodeOf(key), out MemoryCacheEntry? entry) && IsCurrent(entry))
        {
            value = entry.Value;
            return true;
        }

        value = null;
        return false;
    }

    /// <summary>Begins an entry, which is in the cache, in place of the one that is there, when it is disposed and its value was set.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The cache was disposed.</exception>
    /// <remarks>
    /// With a size limit, disposing an entry that says no size throws <see cref="InvalidOperationException"/>. An entry that is not kept,
    /// because it is too large, has expired, or one of its tokens has changed, has its callbacks called, and leaves the key absent.
    /// </remarks>
    public ICacheEntry CreateEntry(object key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new MemoryCacheEntry(key, this);
    }

    /// <summary>Removes a key.</summary>
    /// <param name="key">The key; it need not be present.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The cache was disposed.</exception>
    public void Remove(object key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_cache.TryRemove(new ObjectKey(key), out MemoryCacheEntry? entry))
        {
            entry.SetReason(EvictionReason.Removed);
            entry.Detach();
        }
    }

    /// <summary>Empties the cache for good. Entries that were in it are not told: their callbacks are not called.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _cache.Dispose();
    }

    /// <summary>The same, and waits for the callbacks of what had left before.</summary>
    /// <returns>A task that completes when nothing of the cache runs any more.</returns>
    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        return _cache.DisposeAsync();
    }

    /// <summary>Puts an entry into the cache. Called once for each.</summary>
    internal void Commit(MemoryCacheEntry entry)
    {
        if (_isDisposed)
        {
            return;
        }

        if (_hasSizeLimit && entry.Size is null)
        {
            throw new InvalidOperationException("The cache has a size limit: an entry must say its Size.");
        }

        EvictionReason refusal = RefusalOf(entry);
        bool isKept;
        try
        {
            EntryOptions lifetime = refusal == EvictionReason.None
                ? EntryPolicies.Apply(_policies, entry.Lifetime, entry.Key)
                : EntryLifetime.Over;
            isKept = _cache.Set(new ObjectKey(entry.Key), entry, lifetime);
        }
        catch (ObjectDisposedException) when (_isDisposed)
        {
            // As if it had been so before.
            return;
        }

        if (isKept)
        {
            entry.Attach();
        }
        else
        {
            entry.SetReason(refusal != EvictionReason.None ? refusal : EvictionReason.Capacity);
            ThreadPool.UnsafeQueueUserWorkItem(static call => call.cache.InvokeCallbacks(call.entry), (cache: this, entry), preferLocal: false);
        }
    }

    /// <summary>An entry is about to get tokens or callbacks.</summary>
    internal void NoteAttachments() => Volatile.Write(ref _hasAttachments, true);

    /// <summary>Removes an entry unless another one has taken its place.</summary>
    internal void RemoveExactly(MemoryCacheEntry entry) => _cache.TryRemove(KeyValuePair.Create(new ObjectKey(entry.Key), entry));

    private bool IsCurrent(MemoryCacheEntry entry)
    {
        if (!entry.HasChangedToken)
        {
            return true;
        }

        Interlocked.Increment(ref _outdatedHits);
        entry.Expire();
        return false;
    }

    /// <summary>Why an entry is not even offered to the cache.</summary>
    private EvictionReason RefusalOf(MemoryCacheEntry entry)
    {
        if (entry.AbsoluteExpiration is { } moment && moment <= _timeProvider.GetUtcNow())
        {
            return EvictionReason.Expired;
        }

        if (entry.HasChangedToken)
        {
            return EvictionReason.TokenExpired;
        }

        // A weight is an int.
        return _keepsEntries && !(_hasSizeLimit && entry.Size > int.MaxValue) ? EvictionReason.None : EvictionReason.Capacity;
    }

    /// <summary>Inside a turn: whether anything is to be done for an entry that has gone.</summary>
    /// <remarks>
    /// What goes has mostly not been looked at for long: most caches, which have no callbacks, are spared the cache miss. What an entry got
    /// before it was committed is seen, as the turn of its removal comes after that of its commit.
    /// </remarks>
    private bool IsRemovalOfInterest(MemoryCacheEntry entry) => Volatile.Read(ref _hasAttachments) && entry.HasAttachments;

    private int Weigh(ObjectKey key, MemoryCacheEntry entry)
        => entry.Priority == CacheItemPriority.NeverRemove ? 0
            : _hasSizeLimit ? (int)Math.Clamp(entry.Size ?? 1, 1, int.MaxValue)
            : 1;
}
