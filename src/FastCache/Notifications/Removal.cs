namespace FastCache.Notifications;

/// <summary>A value that has left the cache.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">The value.</param>
/// <param name="Cause">Why; null if it has never been in the cache: it is to be released, and the listener is not told.</param>
internal readonly record struct Removal<TKey, TValue>(TKey? Key, TValue Value, RemovalCause? Cause);
