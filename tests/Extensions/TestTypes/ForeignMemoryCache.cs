using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Tests.Extensions.TestTypes;

/// <summary>What the application has registered itself.</summary>
internal sealed class ForeignMemoryCache : IMemoryCache
{
    public ICacheEntry CreateEntry(object key) => throw new NotSupportedException();

    public void Remove(object key) => throw new NotSupportedException();

    public bool TryGetValue(object key, out object? value) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
