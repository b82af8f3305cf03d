using FastCache.Tests.Schedules.Search;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>Dispose against everything: operations end, normally or by saying that the cache is disposed, and nothing is left.</summary>
public sealed class DisposeScenarios(ITestOutputHelper output)
{
    [Fact]
    public void Against_reads_and_enumeration()
        => Explore(static cache => cache.TryGet(1, out _), static cache => Assert.All(cache, static entry => Assert.Equal(Caches.Value(entry.Key), entry.Value)));

    [Fact]
    public void Against_inserts() => Explore(static cache => cache.Set(13, Caches.Value(13)), static cache => cache.TryAdd(14, Caches.Value(14)));

    [Fact]
    public void Against_updates() => Explore(static cache => cache.Set(1, "new"), static cache => cache.TryUpdate(1, "newer", "new"));

    [Fact]
    public void Against_removal_and_clear() => Explore(static cache => cache.TryRemove(1), static cache => cache.Clear());

    [Fact]
    public void Against_loads()
        => Explore(static cache => cache.GetOrAdd(13, Caches.Value), static cache => cache.GetOrAdd(13, Caches.Value));

    [Fact]
    public void Against_maintenance_and_a_lower_limit()
        => Explore(Caches.Maintain, static cache => cache.Capacity = 3);

    [Fact]
    public void Against_another_dispose() => Explore(static cache => cache.Dispose(), static cache => cache.Trim(3));

    [Fact]
    public void Against_expiry()
        => Explore(
            static cache => cache.Set(13, Caches.Value(13), new EntryOptions { ExpireAfterWrite = TimeSpan.FromSeconds(1) }),
            static cache => cache.TrimExpired());

    private void Explore(Action<Cache<int, string>> first, Action<Cache<int, string>> second)
        => output.WriteLine(ScheduleSearch.Explore(() =>
        {
            var time = new ManualTimeProvider();
            Cache<int, string> cache = Caches.CreateAboutToGrow(options => options.TimeProvider = time);
            return new Plan<int, string>(cache)
                .Thread(cache.Dispose)
                .Thread(() => Try(first, cache))
                .Thread(() => Try(second, cache))
                .AtEnd(() =>
                {
                    Assert.Equal(0, cache.Count);
                    Assert.Empty(cache);
                    Assert.False(cache.ContainsKey(1));
                    Assert.Equal(0, cache.LoadsInProgress);
                    Assert.Throws<ObjectDisposedException>(() => cache.Set(1, "late"));
                });
        }));

    private static void Try(Action<Cache<int, string>> operation, Cache<int, string> cache)
    {
        try
        {
            operation(cache);
        }
        catch (ObjectDisposedException)
        {
            // It came after.
        }
    }
}
