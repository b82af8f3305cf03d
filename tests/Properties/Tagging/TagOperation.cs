using static FastCache.Tests.Properties.Tagging.TagOperationKind;

namespace FastCache.Tests.Properties.Tagging;

/// <summary>One call, in numbers.</summary>
/// <param name="Kind">What is called.</param>
/// <param name="Key">The key.</param>
/// <param name="Tags">One bit for each tag that is written.</param>
/// <param name="Removed">One bit for each tag that is removed.</param>
/// <param name="Life">How many seconds the entry lives; 0 for ever.</param>
internal readonly record struct TagOperation(TagOperationKind Kind, int Key, int Tags, int Removed, int Life)
{
    public const int TagCount = 4;

    public EntryOptions Options => new()
    {
        Tags = NamesOf(Tags),
        ExpireAfterWrite = Life == 0 ? null : TimeSpan.FromSeconds(Life),
    };

    public static string[] NamesOf(int tags)
        => [.. Enumerable.Range(0, TagCount).Where(tag => (tags & (1 << tag)) != 0).Select(tag => $"{tag}")];

    public override string ToString()
    {
        string life = Life == 0 ? "" : $", ExpireAfterWrite = TimeSpan.FromSeconds({Life})";
        string options = $"new EntryOptions {{ Tags = [{Print(Tags)}]{life} }}";
        return Kind switch
        {
            Set => $"cache.Set({Key}, {Key}, {options});",
            SetPlain => $"cache.Set({Key}, {Key});",
            TryAdd => $"cache.TryAdd({Key}, {Key}, {options});",
            TryUpdate => $"cache.TryUpdate({Key}, {Key});",
            TrySetExpiry => $"cache.TrySetExpiry({Key}, {options});",
            GetOrAdd => $"cache.GetOrAdd({Key}, static key => key, {options});",
            GetOrAddRemoving => $"cache.GetOrAdd({Key}, key => {{ cache.RemoveByTags({Print(Removed)}); return key; }}, {options});",
            TryRemove => $"cache.TryRemove({Key});",
            RemoveByTags => $"cache.RemoveByTags({Print(Removed)});",
            RemoveWhere => $"cache.RemoveWhere(static key => key % 4 == {Key % 4});",
            Clear => "cache.Clear();",
            _ => "time.Advance(TimeSpan.FromSeconds(2));",
        };
    }

    private static string Print(int tags) => string.Join(", ", NamesOf(tags).Select(static tag => $"\"{tag}\""));
}
