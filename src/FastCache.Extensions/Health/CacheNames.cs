using FastCache.Extensions.Registration;

namespace FastCache.Extensions.Health;

/// <summary>Tells caches apart by the shortest names that do.</summary>
internal static class CacheNames
{
    /// <summary>The name of each: its own, with what it is where several have that, and with a number where that is not enough.</summary>
    public static string[] Of(IReadOnlyList<CacheFigures> caches)
    {
        ILookup<string, CacheLabel> byName = caches.Select(static cache => cache.Label).ToLookup(static label => label.Name);
        Dictionary<string, int> taken = [];
        return [.. caches.Select(cache => Numbered(
            cache.Label.Name.Length == 0 ? cache.Label.Kind
            : byName[cache.Label.Name].Skip(1).Any() ? $"{cache.Label.Name} ({cache.Label.Kind})"
            : cache.Label.Name))];

        string Numbered(string name)
        {
            int number = taken[name] = taken.GetValueOrDefault(name) + 1;
            return number == 1 ? name : $"{name} #{number}";
        }
    }
}
