using Microsoft.Extensions.Caching.Distributed;

namespace FastCache.Bench.Facades;

/// <summary>Makes an implementation of <see cref="IDistributedCache"/> inside the process.</summary>
internal interface IDistributedCacheMaker
{
    static abstract string Name { get; }

    static abstract IDistributedCache Create(int capacity);

    /// <summary>Reads as a caller would who wants to look at the bytes.</summary>
    static abstract byte[]? Get(IDistributedCache cache, string key);
}
