namespace FastCache;

/// <summary>Is told of every value that leaves a cache. See <see cref="CacheOptions{TKey, TValue}.RemovalListener"/>.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <param name="key">The key, as it was in the cache.</param>
/// <param name="value">The value that is no longer there.</param>
/// <param name="cause">Why.</param>
public delegate void RemovalListener<in TKey, in TValue>(TKey key, TValue value, RemovalCause cause);
