using System.Buffers;
using FastCache.Extensions.Policies;
using FastCache.Persistence;
using Microsoft.Extensions.Caching.Distributed;

namespace FastCache.Extensions;

/// <summary>An <see cref="IDistributedCache"/> inside the process; with a log under it, one that survives a restart.</summary>
/// <remarks>
/// <para>All members are thread-safe. Bytes are copied on their way in and out: what a caller does with his arrays and buffers afterwards
/// changes nothing. Asynchronous members complete at once, unless the log is to be awaited; a cancelled token is looked at first.</para>
/// <para>Any string but null is a key, the empty one too; keys are compared ordinally. A value may be empty. An expiration in the past
/// means that the value is not kept and the key is absent afterwards.</para>
/// </remarks>
public sealed class FastCacheDistributedCache : IBufferDistributedCache
{
    private readonly Cache<string, byte[]> _cache;
    private readonly CacheLog<string, byte[]>? _awaitedLog;
    private readonly string _keyPrefix;
    private readonly bool _keepsEntries = true;

    /// <summary>Makes a view of a cache, which stays its owner's.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="keyPrefix">Put before each key.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public FastCacheDistributedCache(Cache<string, byte[]> cache, string keyPrefix = "")
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(keyPrefix);
        _cache = cache;
        _keyPrefix = keyPrefix;
    }

    /// <summary>Makes a view of a cache with a log, which stays its owner's.</summary>
    /// <param name="log">The log.</param>
    /// <param name="keyPrefix">Put before each key.</param>
    /// <param name="awaitsDisk">Whether asynchronous writes complete when they are on the disk.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public FastCacheDistributedCache(CacheLog<string, byte[]> log, string keyPrefix = "", bool awaitsDisk = false)
        : this((log ?? throw new ArgumentNullException(nameof(log))).Cache, keyPrefix)
    {
        _awaitedLog = awaitsDisk ? log : null;
        IsDurable = true;
    }

    /// <summary>One that keeps nothing.</summary>
    internal FastCacheDistributedCache()
        : this(new Cache<string, byte[]>(1))
        => _keepsEntries = false;

    /// <summary>How entries are kept that say nothing themselves; null: as the cache's defaults say.</summary>
    internal EntryPolicies? Policies { get; init; }

    /// <summary>Whether it was made over a log.</summary>
    internal bool IsDurable { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public byte[]? Get(string key) => _cache.TryGet(FullKey(key), out byte[]? value) ? value.AsSpan().ToArray() : null;

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return token.IsCancellationRequested ? Task.FromCanceled<byte[]?>(token) : Task.FromResult(Get(key));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="destination"/> is null.</exception>
    public bool TryGet(string key, IBufferWriter<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (!_cache.TryGet(FullKey(key), out byte[]? value))
        {
            return false;
        }

        destination.Write(value);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="destination"/> is null.</exception>
    public ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(destination);
        return token.IsCancellationRequested ? ValueTask.FromCanceled<bool>(token) : ValueTask.FromResult(TryGet(key, destination));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ObjectDisposedException">The cache was disposed.</exception>
    public void Set(string key, byte[] value, DistributedCacheEntryOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        SetOwned(FullKey(key), value.AsSpan().ToArray(), LifetimeOf(key, options));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="options"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The cache was disposed.</exception>
    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options)
        => SetOwned(FullKey(key), value.ToArray(), LifetimeOf(key, options));

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ObjectDisposedException">The cache was disposed.</exception>
    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        return SetAsync(key, new ReadOnlySequence<byte>(value), options, token).AsTask();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="options"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The cache was disposed.</exception>
    public ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        string fullKey = FullKey(key);
        EntryOptions lifetime = LifetimeOf(key, options);
        if (token.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(token);
        }

        if (_awaitedLog is { } log)
        {
            ValueTask<bool> kept = log.SetAsync(fullKey, value.ToArray(), lifetime, token);
            return kept.IsCompletedSuccessfully ? default : new ValueTask(kept.AsTask());
        }

        SetOwned(fullKey, value.ToArray(), lifetime);
        return default;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public void Refresh(string key) => _cache.Touch(FullKey(key));

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public Task RefreshAsync(string key, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (token.IsCancellationRequested)
        {
            return Task.FromCanceled(token);
        }

        Refresh(key);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public void Remove(string key) => _cache.TryRemove(FullKey(key));

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public Task RemoveAsync(string key, CancellationToken token = default)
    {
        string fullKey = FullKey(key);
        if (token.IsCancellationRequested)
        {
            return Task.FromCanceled(token);
        }

        if (_awaitedLog is { } log)
        {
            return log.TryRemoveAsync(fullKey, token).AsTask();
        }

        _cache.TryRemove(fullKey);
        return Task.CompletedTask;
    }

    // By the key without the prefix: the application knows nothing of that.
    private EntryOptions LifetimeOf(string key, DistributedCacheEntryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return EntryPolicies.Apply(
            Policies,
            EntryLifetime.Of(options.AbsoluteExpiration, options.AbsoluteExpirationRelativeToNow, options.SlidingExpiration),
            key);
    }

    private string FullKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _keyPrefix.Length == 0 ? key : _keyPrefix + key;
    }

    /// <param name="key">With the prefix.</param>
    /// <param name="value">An array that nobody else has.</param>
    /// <param name="lifetime">How it is to be kept.</param>
    private void SetOwned(string key, byte[] value, in EntryOptions lifetime)
    {
        if (_keepsEntries)
        {
            _cache.Set(key, value, lifetime);
        }
    }
}
