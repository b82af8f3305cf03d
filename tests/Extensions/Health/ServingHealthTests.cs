using FastCache.Extensions;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace FastCache.Tests.Extensions.Health;

/// <summary>Hits that fall away, and entries that go before they are asked for.</summary>
public sealed class ServingHealthTests
{
    private const int Capacity = 50;

    [Fact]
    public async Task A_fall_of_the_hits_is_degraded_and_steady_ones_are_not()
    {
        await using HealthProbe probe = Probe();
        Cache<int, int> cache = probe.Caches.GetCache<int, int>("orders");
        Request(cache, hits: 900, misses: 100);
        HealthReportEntry first = await probe.CheckAsync();
        Request(cache, hits: 720, misses: 280);
        HealthReportEntry steady = await probe.CheckAfterIntervalAsync();
        Request(cache, hits: 600, misses: 400);
        HealthReportEntry fallen = await probe.CheckAfterIntervalAsync();

        Assert.Equal((HealthStatus.Healthy, HealthStatus.Healthy, HealthStatus.Degraded), (first.Status, steady.Status, fallen.Status));
        Assert.DoesNotContain("orders.hit_ratio", first.Data.Keys);
        Assert.Equal(0.72, (double)steady.Data["orders.hit_ratio"], 10);
        Assert.Equal(0.9, (double)steady.Data["orders.usual_hit_ratio"], 10);
        Assert.Equal(0.6, (double)fallen.Data["orders.hit_ratio"], 10);

        // Each interval weighs a tenth less than the next: (0.9 * 900 + 720) of (0.9 * 1000 + 1000).
        Assert.Equal(1530d / 1900, (double)fallen.Data["orders.usual_hit_ratio"], 10);
        Assert.Equal("orders has 60.0 % hits, and usually 80.5 %: a fall of more than MaxHitRatioDrop, 20.0 %.", fallen.Description);
        Assert.Equal("1 caches are well.", steady.Description);
    }

    [Fact]
    public async Task A_fall_that_stays_is_usual_in_the_end()
    {
        await using HealthProbe probe = Probe();
        Cache<int, int> cache = probe.Caches.GetCache<int, int>("orders");
        Request(cache, hits: 1_000, misses: 0);
        await probe.CheckAsync();
        int degraded = 0;
        HealthStatus status;
        do
        {
            Request(cache, hits: 500, misses: 500);
            status = (await probe.CheckAfterIntervalAsync()).Status;
            degraded++;
        }
        while (status == HealthStatus.Degraded && degraded < 100);

        Assert.InRange(degraded, 3, 10);
    }

    [Fact]
    public async Task Checks_within_an_interval_say_the_same_and_do_not_change_what_others_find()
    {
        await using HealthProbe probe = Probe(static services => services.AddHealthChecks().AddFastCache(name: "another"));
        await using HealthProbe alone = Probe();
        foreach (HealthProbe each in new[] { probe, alone })
        {
            Request(each.Caches.GetCache<int, int>("orders"), hits: 1_000, misses: 0);
            await each.CheckAsync();
        }

        var found = new List<(HealthStatus Status, object HitRatio)>();
        for (int second = 0; second < 180; second += 15)
        {
            Request(probe.Caches.GetCache<int, int>("orders"), hits: 50, misses: 50);
            Request(alone.Caches.GetCache<int, int>("orders"), hits: 50, misses: 50);
            probe.Time.Advance(TimeSpan.FromSeconds(15));
            alone.Time.Advance(TimeSpan.FromSeconds(15));
            HealthReportEntry one = await probe.CheckAsync();
            HealthReportEntry other = await probe.CheckAsync("another");
            Assert.Equal((one.Status, one.Description), (other.Status, other.Description));
            if (second >= 45)
            {
                found.Add((one.Status, one.Data["orders.hit_ratio"]));
                Assert.Equal(400L, one.Data["orders.requests"]);
            }

            if (second % 60 == 45)
            {
                Assert.Equal((await alone.CheckAsync()).Description, one.Description);
            }
        }

        Assert.Equal(9, found.Count);
        Assert.Single(found.Distinct());
        Assert.Equal((HealthStatus.Degraded, (object)0.5), found[0]);
    }

    [Fact]
    public async Task Too_few_requests_say_nothing_and_end_what_was_said_before()
    {
        await using HealthProbe probe = Probe(settings: ("FastCache:Health:MinHitRatio", "0.9"));
        Cache<int, int> cache = probe.Caches.GetCache<int, int>("orders");
        Request(cache, hits: 1_000, misses: 0);
        await probe.CheckAsync();
        Request(cache, hits: 0, misses: 100);
        HealthReportEntry enough = await probe.CheckAfterIntervalAsync();
        Request(cache, hits: 0, misses: 99);
        HealthReportEntry tooFew = await probe.CheckAfterIntervalAsync();

        Assert.Equal((HealthStatus.Degraded, HealthStatus.Healthy), (enough.Status, tooFew.Status));
        Assert.Equal(
            "orders has 0.0 % hits, less than MinHitRatio, 90.0 %. orders has 0.0 % hits, and usually 100.0 %: a fall of more than MaxHitRatioDrop, 20.0 %.",
            enough.Description);
        Assert.Equal(["orders.entries"], tooFew.Data.Keys);
    }

    [Fact]
    public async Task A_young_cache_has_nothing_to_fall_from()
    {
        await using HealthProbe probe = Probe();
        Cache<int, int> cache = probe.Caches.GetCache<int, int>("orders");
        Request(cache, hits: 99, misses: 0);
        await probe.CheckAsync();
        Request(cache, hits: 0, misses: 1_000);

        HealthReportEntry young = await probe.CheckAfterIntervalAsync();

        Assert.Equal(HealthStatus.Healthy, young.Status);
        Assert.DoesNotContain("orders.usual_hit_ratio", young.Data.Keys);
    }

    [Theory]
    [InlineData(2_000, 190, HealthStatus.Degraded)]
    [InlineData(2_000, 210, HealthStatus.Healthy)]
    [InlineData(40, 0, HealthStatus.Healthy)]
    public async Task A_cache_that_gives_up_all_it_holds_for_hardly_a_hit_thrashes(int inserts, int hits, HealthStatus expected)
    {
        await using HealthProbe probe = Probe(settings: ("FastCache:Health:MaxHitRatioDrop", "1"));
        Cache<int, int> cache = probe.Caches.GetCache<int, int>("orders");
        Fill(cache, Capacity);
        await probe.CheckAsync();
        Request(cache, hits, misses: 1_000);
        Fill(cache, inserts);

        HealthReportEntry entry = await probe.CheckAfterIntervalAsync();

        Assert.Equal(expected, entry.Status);
        Assert.Equal((double)inserts / Math.Max(1, hits), entry.Data["orders.evictions_per_hit"]);
        if (expected == HealthStatus.Degraded)
        {
            Assert.Equal("orders thrashes: it has given up 2000 entries for 190 hits, more than MaxEvictionsPerHit, 10.", entry.Description);
        }
    }

    [Fact]
    public async Task A_cache_larger_than_what_went_through_it_does_not_thrash()
    {
        await using HealthProbe probe = Probe(settings: ("FastCache:Capacity", "1000"));
        Cache<int, int> cache = probe.Caches.GetCache<int, int>("orders");
        Fill(cache, 1_000);
        await probe.CheckAsync();
        Request(cache, hits: 0, misses: 1_000);
        Fill(cache, 900);

        Assert.Equal(HealthStatus.Healthy, (await probe.CheckAfterIntervalAsync()).Status);
    }

    [Fact]
    public async Task A_cache_that_counts_no_requests_is_not_judged_by_them()
    {
        await using HealthProbe probe = Probe(settings: ("FastCache:TrackStatistics", "false"));
        Cache<int, int> cache = probe.Caches.GetCache<int, int>("orders");
        await probe.CheckAsync();
        Fill(cache, 10_000);

        HealthReportEntry entry = await probe.CheckAfterIntervalAsync();

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal((object)(long)Capacity, entry.Data["orders.entries"]);
    }

    [Fact]
    public async Task Every_cache_that_was_made_is_looked_at_by_a_name_of_its_own()
    {
        await using HealthProbe probe = Probe(settings: ("FastCache:Caches:off:Enabled", "false"));
        HealthReportEntry none = await probe.CheckAsync();
        probe.Services.GetRequiredService<IFastCacheProvider>().GetCache<int, int>("");
        probe.Caches.GetCache<int, int>("orders");
        probe.Caches.GetCache<int, string>("orders");
        probe.Caches.GetCache<int, List<int>>("orders");
        probe.Caches.GetCache<int, List<string>>("orders");
        IMemoryCache memory = probe.Caches.GetMemoryCache("pages");
        probe.Caches.GetMemoryCache("off");
        probe.Caches.GetDistributedCache("off");
        IDistributedCache distributed = probe.Caches.GetDistributedCache("orders");
        await probe.CheckAsync();
        for (int i = 0; i < 100; i++)
        {
            memory.TryGetValue(i, out _);
            await distributed.GetAsync("absent", TestContext.Current.CancellationToken);
        }

        HealthReportEntry all = await probe.CheckAfterIntervalAsync();

        Assert.Equal("0 caches are well.", none.Description);
        Assert.Equal("7 caches are well.", all.Description);
        Assert.Equal(
        [
            "Cache<Int32, Int32>", "orders (Cache<Int32, Int32>)", "orders (Cache<Int32, List`1>)", "orders (Cache<Int32, List`1>) #2",
            "orders (Cache<Int32, String>)", "orders (IDistributedCache)", "pages",
        ], all.Data.Keys.Where(static key => key.EndsWith(".entries", StringComparison.Ordinal)).Select(static key => key[..^".entries".Length]).Order(StringComparer.Ordinal));
        Assert.Equal((100L, 100L), (all.Data["pages.requests"], all.Data["orders (IDistributedCache).requests"]));
    }

    private static HealthProbe Probe(Action<IServiceCollection>? add = null, params (string Key, string? Value)[] settings)
        => new(services =>
        {
            services.AddFastCache();
            add?.Invoke(services);
        }, [("FastCache:Capacity", $"{Capacity}"), ("FastCache:EvictionPolicy", "Fifo"), .. settings]);

    /// <summary>Requests of a key that is there, and of one that is not.</summary>
    private static void Request(Cache<int, int> cache, int hits, int misses)
    {
        cache.Set(-1, 1);
        for (int i = 0; i < hits; i++)
        {
            Assert.True(cache.TryGet(-1, out _));
        }

        for (int i = 0; i < misses; i++)
        {
            Assert.False(cache.TryGet(-2, out _));
        }

        cache.TryRemove(-1);
    }

    /// <summary>Entries that have not been there before.</summary>
    private static void Fill(Cache<int, int> cache, int count)
    {
        int first = cache.Count == 0 ? 0 : cache.Max(static entry => entry.Key) + 1;
        for (int key = first; key < first + count; key++)
        {
            cache.Set(key, key);
        }
    }
}
