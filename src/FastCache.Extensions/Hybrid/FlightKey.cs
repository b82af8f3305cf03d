using Microsoft.Extensions.Caching.Hybrid;

namespace FastCache.Extensions.Hybrid;

/// <summary>Who shares a load that is not the plain one of a key: callers who ask for the same, in the same way.</summary>
/// <param name="Key">The key.</param>
/// <param name="Flags">What the callers have switched off.</param>
/// <param name="Type">The type that they ask for.</param>
/// <param name="IsReload">Whether it takes the place of a local copy that has turned out to be of no use.</param>
internal readonly record struct FlightKey(string Key, HybridCacheEntryFlags Flags, Type Type, bool IsReload);
