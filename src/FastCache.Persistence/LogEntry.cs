namespace FastCache.Persistence;

/// <summary>An entry that is in a log.</summary>
/// <typeparam name="TKey">The type of the key.</typeparam>
/// <typeparam name="TValue">The type of the value.</typeparam>
/// <param name="Key">The key.</param>
/// <param name="Value">Its value.</param>
/// <param name="ExpiresAt">When it expires if it is not accessed any more, by the wall clock; null for never.</param>
/// <param name="Sequence">The place of its record in the log: of two, the higher one was written later.</param>
public readonly record struct LogEntry<TKey, TValue>(TKey Key, TValue Value, DateTimeOffset? ExpiresAt, ulong Sequence);
