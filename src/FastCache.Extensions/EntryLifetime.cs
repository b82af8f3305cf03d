namespace FastCache.Extensions;

/// <summary>What the platform's interfaces say of an entry's lifetime, in the cache's own words.</summary>
internal static class EntryLifetime
{
    /// <summary>Of an entry that is not to be kept: the key becomes absent, and a value that was there is told to be replaced.</summary>
    public static EntryOptions Over => new() { ExpireAt = DateTimeOffset.MinValue };

    /// <summary>The earliest moment counts. An entry that says nothing is kept as the cache's defaults say, one that does has said it all.</summary>
    public static EntryOptions Of(DateTimeOffset? absolute, TimeSpan? relative, TimeSpan? sliding)
        => absolute is null && relative is null && sliding is null
            ? default
            : new EntryOptions
            {
                ExpireAt = absolute,
                ExpireAfterWrite = relative ?? Timeout.InfiniteTimeSpan,
                ExpireAfterAccess = sliding ?? Timeout.InfiniteTimeSpan,
            };
}
