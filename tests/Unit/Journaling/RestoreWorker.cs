using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>Changes keys that nobody else changes, while old values are put back, and knows of each what may be seen.</summary>
internal sealed class RestoreWorker(JournaledCache run, int firstKey, int count, Random random)
{
    public const string Old = "old";

    private readonly HashSet<int> _leftOld = [];

    public void Run()
    {
        for (int number = 0; number < count; number++)
        {
            int key = firstKey + number;
            string? expected = Change(key);
            for (int look = 0; look < 3; look++)
            {
                Assert.Equal(expected, run.Cache.TryGet(key, out string? seen) ? seen : null);
            }
        }
    }

    public void AssertNothingOldIsLeft()
    {
        for (int number = 0; number < count; number++)
        {
            int key = firstKey + number;
            Assert.True(run.Held(key) != Old || _leftOld.Contains(key), $"key {key} came back");
        }
    }

    /// <summary>Makes a change; what the cache holds for the key from then on.</summary>
    private string? Change(int key)
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
                return cache.TryAdd(key, value) ? value : LeaveOld(key);
            default:
                string loaded = cache.GetOrAdd(key, _ => value);
                return loaded == Old ? LeaveOld(key) : loaded;
        }
    }

    /// <summary>The old value was there first, and stays.</summary>
    private string LeaveOld(int key)
    {
        _leftOld.Add(key);
        return Old;
    }
}
