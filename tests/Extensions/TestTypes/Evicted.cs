using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Tests.Extensions.TestTypes;

/// <summary>What a post-eviction callback was told.</summary>
internal sealed record Evicted(object Key, object? Value, EvictionReason Reason);
