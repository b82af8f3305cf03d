using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Facades;

/// <summary>Makes an implementation of <see cref="IMemoryCache"/> with a limit.</summary>
internal interface IMemoryCacheMaker
{
    static abstract string Name { get; }

    static abstract bool IsStrictlyBounded { get; }

    static abstract IMemoryCache Create(int capacity);

    static abstract int Count(IMemoryCache cache);
}
