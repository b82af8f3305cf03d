using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>Changes keys that nobody else changes, while old values are put back, and knows of each what may be seen.</summary>
internal sealed class RestoreWorker(JournaledCache run, Random random)
{
    public const string Old = "old";

    private readonly Dictionary<int, string?> _left = [];

    /// <summary>Says something about a key, which counts from then on.</summary>
    public void Change(int key)
    {
        string? left = _left[key] = Speak(key);
        for (int look = 0; look < 3; look++)
        {
            Assert.Equal(left, run.Held(key));
        }
    }

    public void AssertAllAsLeft() => Assert.All(_left, entry => Assert.Equal(entry.Value, run.Held(entry.Key)));

    /// <summary>Makes a change; what the cache holds for the key from then on.</summary>
    private string? Speak(int key)
    {
        string value = $"new {key}";
        Cache<int, string> cache = run.Cache;
        switch (random.Next(9))
        {
            case 0:
                cache.Set(key, value);
                return value;
            case 1:
                cache.Set(key, value, JournaledCache.AtOnce);
                return null;
            case 2:
                cache.TryRemove(key);
                return null;
            case 3:
                cache.Set(key, value);
                cache.TryRemove(key);
                return null;
            case 4:
                return cache.AddOrUpdate(key, value, (_, _) => value);
            case 5:
                return cache.TryUpdate(key, value) ? value : null;
            case 6:
                cache.TryRemove(KeyValuePair.Create(key, Old));
                return null;
            case 7:
                return cache.TryAdd(key, value) ? value : Old;
            default:
                return cache.GetOrAdd(key, _ => value);
        }
    }
}
