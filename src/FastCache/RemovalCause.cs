namespace FastCache;

/// <summary>Why a value is no longer in a cache.</summary>
public enum RemovalCause
{
    /// <summary>
    /// The application removed it: <c>TryRemove</c>, <c>RemoveMany</c>, <c>RemoveWhere</c>; or one of its tags: <c>RemoveByTag</c>, reported when
    /// its place is reclaimed.
    /// </summary>
    Explicit,

    /// <summary>
    /// Another value was written for its key; also one that equals it, and one that was refused, which leaves the key absent.
    /// </summary>
    Replaced,

    /// <summary>
    /// Its time was over. Reported when its place is reclaimed: a tick or two later if nobody asks for the key, and only behind the time for
    /// which it is kept as a stale value, if there is one.
    /// </summary>
    Expired,

    /// <summary>It had to make room: evicted to keep the limit, or by <c>Trim</c>.</summary>
    Capacity,

    /// <summary>The cache was emptied: <c>Clear</c>, or its disposal.</summary>
    Cleared,
}
