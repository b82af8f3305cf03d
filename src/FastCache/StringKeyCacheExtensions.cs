namespace FastCache;

/// <summary>Removes entries by parts of their keys, where those are text.</summary>
public static class StringKeyCacheExtensions
{
    /// <summary>Removes the entries whose keys begin with a text, by looking at all of them.</summary>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="cache">The cache.</param>
    /// <param name="prefix">The text, compared ordinally, whatever the cache's comparer does. The empty one begins every key.</param>
    /// <returns>How many entries were removed.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="NotSupportedException">The cache has a log with a serializer of the application's own for its keys.</exception>
    /// <remarks>
    /// O(room for entries): a look at every key in the cache. <see cref="Cache{TKey, TValue}.RemoveByTag"/> is O(1). Otherwise as
    /// <see cref="Cache{TKey, TValue}.RemoveWhere"/>. A log remembers what was removed, too: opening it again looks at every key once for
    /// each prefix and pattern that is in it.
    /// </remarks>
    public static int RemoveByPrefix<TValue>(this Cache<string, TValue> cache, string prefix)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(prefix);
        return RemoveMatching(cache, KeyPattern.Prefix(prefix));
    }

    /// <summary>Removes the entries whose keys follow a pattern, by looking at all of them.</summary>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="cache">The cache.</param>
    /// <param name="pattern">
    /// Segments between colons. A star stands for any one segment, and at the end for the rest, which is one segment or more:
    /// <c>users:*:profile</c> means <c>users:7:profile</c>, and <c>orders:*</c> means <c>orders:7</c> and <c>orders:7:lines</c>.
    /// </param>
    /// <returns>How many entries were removed.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="pattern"/> is empty, or a star in it is a part of a segment.</exception>
    /// <inheritdoc cref="RemoveByPrefix" path="/*[self::remarks]"/>
    public static int RemoveByPattern<TValue>(this Cache<string, TValue> cache, string pattern)
    {
        ArgumentNullException.ThrowIfNull(cache);
        return RemoveMatching(cache, KeyPattern.Parse(pattern));
    }

    private static int RemoveMatching<TValue>(Cache<string, TValue> cache, KeyPattern pattern)
        => cache.RemoveMatching(pattern, key => pattern.Matches(key));
}
