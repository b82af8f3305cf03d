namespace FastCache.Extensions;

/// <summary>How long entries of one sort are kept. One of the two is set, or both: then the earlier moment counts.</summary>
public sealed class FastCacheEntryPolicy
{
    /// <summary>How long after its last write an entry expires. Null, the default: not for that reason.</summary>
    public TimeSpan? Expiration { get; set; }

    /// <summary>How long after its last access an entry expires. Null, the default: not for that reason.</summary>
    public TimeSpan? SlidingExpiration { get; set; }
}
