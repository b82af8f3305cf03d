using FastCache.Extensions;
using Microsoft.Extensions.Caching.Hybrid;

namespace FastCache.Bench.Facades;

/// <summary>All callers get the same string.</summary>
internal readonly struct SharedText : IHybridUse
{
    public static string Name => nameof(FastCacheHybridCache);
}

/// <summary>The same with a tag, which a hit looks at.</summary>
internal readonly struct TaggedText : IHybridUse
{
    public static string Name => $"{nameof(FastCacheHybridCache)}, tag";

    public static string[]? Tags { get; } = ["users"];
}

/// <summary>The same before a second level: other processes may have removed by tag, too.</summary>
internal readonly struct TwoLevelText : IHybridUse
{
    public static string Name => $"{TaggedText.Name}, 2 levels";

    public static string[]? Tags => TaggedText.Tags;

    public static string? SecondLevel => "second";
}

/// <summary>A class that could be changed: each caller gets a copy of his own, from JSON.</summary>
internal readonly struct CopiedNote : IHybridUse
{
    public static string Name => $"{nameof(FastCacheHybridCache)}, copy";

    public static ValueTask SetAsync(HybridCache cache, string key, string text, string[]? tags)
        => cache.SetAsync(key, new Note { Text = text }, tags: tags);

    public static string? Get(HybridCache cache, string key)
    {
        ValueTask<Note?> hit = cache.GetOrCreateAsync(key, 0, static (_, _) => new ValueTask<Note?>(result: null));
        return hit.IsCompletedSuccessfully ? hit.Result?.Text : null;
    }

    private sealed class Note
    {
        public string? Text { get; set; }
    }
}
