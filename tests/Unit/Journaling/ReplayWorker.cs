using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>One thread of a replay run: does whatever changes a cache, to a few keys.</summary>
internal sealed class ReplayWorker(Cache<int, string> cache, int thread, bool clears, Random random)
{
    private const int Keys = 5;
    private const int Tags = 3;

    private int _written;

    public void Run(int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            Step();
        }
    }

    private void Step()
    {
        int key = random.Next(Keys);
        string value = $"{thread}.{++_written}";
        switch (random.Next(clears ? 19 : 18))
        {
            case 0 or 1:
                cache.Set(key, value);
                break;
            case 2:
                cache.Set(key, value, ExpiringCache.For(TimeSpan.FromDays(random.Next(1, 9))));
                break;
            case 3:
                cache.Set(key, value, JournaledCache.AtOnce);
                break;
            case 4:
                cache.TryAdd(key, value);
                break;
            case 5:
                cache.TryUpdate(key, value);
                break;
            case 6 when cache.TryPeek(key, out string? old):
                cache.TryUpdate(key, value, old);
                break;
            case 7:
                cache.AddOrUpdate(key, value, (_, old) => value + (old.Length > 20 ? "" : old));
                break;
            case 8 or 9:
                cache.TryRemove(key);
                break;
            case 10 when cache.TryPeek(key, out string? old):
                cache.TryRemove(KeyValuePair.Create(key, old));
                break;
            case 11:
                cache.TrySetExpiry(key, ExpiringCache.For(TimeSpan.FromDays(random.Next(1, 9))));
                break;
            case 14:
                cache.Set(key, value, Tagged());
                break;
            case 15:
                cache.GetOrAdd(key, _ => value, Tagged());
                break;
            case 16:
                cache.RemoveByTags($"tag {random.Next(Tags)}");
                break;
            case 17:
                cache.RemoveMatching(KeyPattern.Prefix($"{key}"), each => each == key);
                break;
            case 18:
                cache.Clear();
                break;
            default:
                cache.GetOrAdd(key, _ => value);
                break;
        }
    }

    private EntryOptions Tagged() => new() { Tags = [$"tag {random.Next(Tags)}", $"tag {random.Next(Tags)}"] };
}
