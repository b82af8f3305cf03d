using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>A load that ends at a moment that is not the best.</summary>
public sealed class LandingTests
{
    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_result_waits_for_an_update_that_keeps_the_table_from_growing()
    {
        await Wait.LeaveRunner();
        using Cache<int, string> cache = TestCache.Of<int, string>(1000);
        int full = TableAccess.TableOf(cache).Size.FullAt;
        cache.SetMany(Enumerable.Range(0, full).Select(static key => KeyValuePair.Create(key, "there")));
        UpdateInProgress<int, string> update = UpdateInProgress<int, string>.Begin(cache, 3);

        Task<string> load = Task.Run(() => cache.GetOrAdd(full, static _ => "loaded"), TestContext.Current.CancellationToken);
        Wait.Until(() => cache.LoadsInProgress == 1);
        for (int i = 0; i < 1000; i++)
        {
            Assert.True(cache.ContainsKey(3));
            Assert.False(load.IsCompleted, "it waits");
        }

        update.End("updated");

        Assert.Equal("loaded", await load);
        Assert.Equal(("updated", "loaded"), (cache.GetOrAdd(3, static _ => "lost"), cache.GetOrAdd(full, static _ => "lost")));
        cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_value_that_is_confirmed_after_it_was_evicted_is_not_brought_back_from_the_dead()
    {
        await Wait.LeaveRunner();
        const string Old = "old";
        var removals = new RemovalRecord<int, string>();
        var load = new LoadUnderWay<string>(LoadMode.AsyncOverStale, Old, options => options.RemovalListener = removals.Options(1).RemovalListener);
        load.Begin();
        Assert.Equal(1, load.Cache.Trim(1));

        string value = await load.EndAsync(Old);

        Assert.Same(Old, value);
        Assert.False(load.Held().Found);
        await load.Cache.DisposeAsync();
        Assert.Equal((LoadUnderWay<string>.Key, Old), Assert.Single(removals.Removals.Select(static removal => (removal.Key, removal.Value))));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Several_keys_at_once_get_stale_values_too_and_that_is_counted()
    {
        await Wait.LeaveRunner();
        var time = new ManualTimeProvider();
        using Cache<int, string> cache = ExpiringCache.Of<int, string>(time, static options =>
        {
            options.ExpireAfterWrite = TimeSpan.FromMinutes(1);
            options.Loading = new LoadOptions { StaleWhileRevalidate = TimeSpan.FromHours(1) };
        });
        cache.SetMany([KeyValuePair.Create(1, "one"), KeyValuePair.Create(2, "two")]);
        time.Advance(TimeSpan.FromMinutes(2));
        cache.Set(3, "three");

        Dictionary<int, string> values = await cache.GetOrAddManyAsync(
            [1, 2, 3, 4], static (keys, _) => new([.. keys.Select(static key => KeyValuePair.Create(key, $"loaded {key}"))]));

        Assert.Equal(["one", "two", "three", "loaded 4"], values.OrderBy(static entry => entry.Key).Select(static entry => entry.Value));
        Assert.Equal(2, cache.Statistics.StaleServed);
        cache.AssertConsistent();
    }
}
