using FastCache.Persistence;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Extensions;

/// <summary>Gives caches by names that need not be known before the application runs.</summary>
/// <remarks>
/// A name stands for the same cache of each kind for as long as the container lives, which disposes of them all. One that was registered is
/// that one; any other is made at its first use, from the configuration of its name. Names are kept for ever: do not take them from requests.
/// </remarks>
public interface IFastCacheProvider
{
    /// <summary>The cache of a name, for keys and values of two types.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="name">The name; empty for the one that has none.</param>
    /// <returns>The cache.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="CacheOptionsException">Something is wrong with its options; every fault is named.</exception>
    /// <exception cref="CacheLogException">It has a log, which is not open yet, and cannot be opened.</exception>
    /// <exception cref="ObjectDisposedException">The container was disposed.</exception>
    Cache<TKey, TValue> GetCache<TKey, TValue>(string name)
        where TKey : notnull;

    /// <summary>The log under the cache of a name, if it was registered with one.</summary>
    /// <inheritdoc cref="GetCache{TKey, TValue}(string)" path="/*[self::typeparam or self::param or self::exception]"/>
    /// <returns>The log; null if there is none.</returns>
    CacheLog<TKey, TValue>? GetLog<TKey, TValue>(string name)
        where TKey : notnull;

    /// <summary>The memory cache of a name.</summary>
    /// <inheritdoc cref="GetCache{TKey, TValue}(string)" path="/*[self::param or self::returns or self::exception]"/>
    IMemoryCache GetMemoryCache(string name);

    /// <summary>The distributed cache of a name, which has a log if <see cref="FastCacheOptions.PersistenceDirectory"/> is set.</summary>
    /// <inheritdoc cref="GetCache{TKey, TValue}(string)" path="/*[self::param or self::returns or self::exception]"/>
    IBufferDistributedCache GetDistributedCache(string name);

    /// <summary>The hybrid cache of a name, with the container's <c>IDistributedCache</c> behind it, if there is one.</summary>
    /// <inheritdoc cref="GetCache{TKey, TValue}(string)" path="/*[self::param or self::returns or self::exception]"/>
    FastCacheHybridCache GetHybridCache(string name);

    /// <summary>How entries of one sort are to be kept: a policy of <see cref="FastCacheOptions.Policies"/>, for a write.</summary>
    /// <param name="name">The name of the cache, whose settings may have policies of their own; empty for those of all caches.</param>
    /// <param name="policy">The name of the policy.</param>
    /// <returns>What the policy says.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There is no such policy.</exception>
    /// <remarks>O(1), allocates nothing.</remarks>
    EntryOptions GetEntryOptions(string name, string policy);
}
