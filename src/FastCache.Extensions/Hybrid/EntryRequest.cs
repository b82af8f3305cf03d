using Microsoft.Extensions.Caching.Hybrid;

namespace FastCache.Extensions.Hybrid;

/// <summary>What a call asks for, with the settings behind it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Flags">What is switched off, by the caller or by circumstances.</param>
/// <param name="Life">How long the entry lives in all.</param>
/// <param name="LocalLife">How long in this process.</param>
/// <param name="Tags">Its tags.</param>
internal readonly record struct EntryRequest(string Key, HybridCacheEntryFlags Flags, TimeSpan Life, TimeSpan LocalLife, string[] Tags)
{
    /// <summary>Whether anything in the request keeps it from being the plain one of its key.</summary>
    public bool IsPlain => Flags == HybridCacheEntryFlags.None;

    public bool ReadsLocal => Allows(HybridCacheEntryFlags.DisableLocalCacheRead);

    public bool WritesLocal => Allows(HybridCacheEntryFlags.DisableLocalCacheWrite) && LocalLife > TimeSpan.Zero && Life > TimeSpan.Zero;

    public bool ReadsSecond => Allows(HybridCacheEntryFlags.DisableDistributedCacheRead);

    public bool WritesSecond => Allows(HybridCacheEntryFlags.DisableDistributedCacheWrite);

    public bool Loads => Allows(HybridCacheEntryFlags.DisableUnderlyingData);

    private bool Allows(HybridCacheEntryFlags disabling) => (Flags & disabling) == 0;
}
