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
    /// <exception cref="NotSupportedException">The cache has a log.</exception>
    /// <remarks>
    /// O(room for entries): a look at every key in the cache. <see cref="Cache{TKey, TValue}.RemoveByTag"/> is O(1). Otherwise as
    /// <see cref="Cache{TKey, TValue}.RemoveWhere"/>.
    /// </remarks>
    public static int RemoveByPrefix<TValue>(this Cache<string, TValue> cache, string prefix)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(prefix);
        return cache.RemoveWhere(key => key.StartsWith(prefix, StringComparison.Ordinal));
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
        var keys = new KeyPattern(pattern);
        return cache.RemoveWhere(key => keys.Matches(key));
    }
}
