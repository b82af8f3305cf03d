using System.Diagnostics.CodeAnalysis;
using FastCache.Notifications;

namespace FastCache;

/// <summary>Reads of caches whose values are to be disposed: every hit comes as a lease.</summary>
public static class ScopedCacheExtensions
{
    /// <summary>Reads a value and protects it from being disposed. A hit keeps the entry longer.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="T">The type of the inner values.</typeparam>
    /// <param name="cache">The cache.</param>
    /// <param name="key">The key.</param>
    /// <param name="lease">The value, if the key is present; to be disposed after use.</param>
    /// <returns>Whether the key is present.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="cache"/> or <paramref name="key"/> is null.</exception>
    /// <remarks>O(1), lock-free. Allocates the lease.</remarks>
    public static bool TryGetLease<TKey, T>(
        this Cache<TKey, Scoped<T>> cache, TKey key, [MaybeNullWhen(false)] out Lease<T> lease)
        where TKey : notnull
        where T : IDisposable
    {
        ArgumentNullException.ThrowIfNull(cache);
        Scoped<T>? last = null;

        // A value is released after it has left the cache: whoever finds it released finds another one, or none, the next time.
        while (cache.TryGet(key, out Scoped<T>? scoped) && scoped != last)
        {
            if (scoped.TryLease(out lease))
            {
                return true;
            }

            last = scoped;
        }

        lease = null;
        return false;
    }

    /// <summary>Reads a value and protects it from being disposed; if the key is absent, makes it and adds it.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="T">The type of the inner values.</typeparam>
    /// <param name="cache">The cache.</param>
    /// <param name="key">The key.</param>
    /// <param name="factory">
    /// Makes the value. Runs outside any lock. What it throws passes through, and nothing is added. A value that it makes while
    /// another caller's is added first is disposed, and the other is returned.
    /// </param>
    /// <returns>The value, to be disposed after use; also one that the cache has refused, and then the last use of it.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ObjectDisposedException">The key is absent and the cache was disposed.</exception>
    /// <remarks>O(1) beside the factory. A hit is lock-free and allocates the lease.</remarks>
    public static Lease<T> GetOrAddLease<TKey, T>(this Cache<TKey, Scoped<T>> cache, TKey key, Func<TKey, T> factory)
        where TKey : notnull
        where T : IDisposable
    {
        ArgumentNullException.ThrowIfNull(factory);
        while (true)
        {
            if (cache.TryGetLease(key, out Lease<T>? lease) || LeasedLoad<TKey, T>.TryRun(cache, key, factory, out lease))
            {
                return lease;
            }
        }
    }
}
