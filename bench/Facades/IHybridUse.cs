using Microsoft.Extensions.Caching.Hybrid;

namespace FastCache.Bench.Facades;

/// <summary>What is kept in a hybrid cache, and how: that decides what a hit costs.</summary>
internal interface IHybridUse
{
    static abstract string Name { get; }

    static virtual string[]? Tags => null;

    /// <summary>What the second level is called; null for none.</summary>
    static virtual string? SecondLevel => null;

    static virtual ValueTask SetAsync(HybridCache cache, string key, string text, string[]? tags) => cache.SetAsync(key, text, tags: tags);

    /// <summary>Gets the text, or what shows that it was not there.</summary>
    static virtual string? Get(HybridCache cache, string key)
    {
        ValueTask<string?> hit = cache.GetOrCreateAsync(key, 0, static (_, _) => new ValueTask<string?>(result: null));
        return hit.IsCompletedSuccessfully ? hit.Result : null;
    }
}
