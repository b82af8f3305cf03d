using FastCache.Extensions;
using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Memory;
using Xunit;

namespace FastCache.Tests.Extensions.Memory;

public sealed class MaintenanceTests : IAsyncDisposable
{
    private readonly TestMemoryCache _test = new(static options => options.EvictionPolicy = EvictionPolicy.Lru);

    private IMemoryCache Cache => _test.Cache;

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public void Keys_are_those_of_all_entries_and_may_be_removed_while_they_are_enumerated()
    {
        for (int i = 0; i < 10; i++)
        {
            Cache.Set(i, i);
        }

        Assert.Equal(Enumerable.Range(0, 10).Cast<object>(), _test.Cache.Keys.Order());
        foreach (object key in _test.Cache.Keys)
        {
            Cache.Remove(key);
        }

        Assert.Equal(0, _test.Cache.Count);
    }

    [Fact]
    public void A_cleared_cache_is_empty_and_goes_on()
    {
        Cache.Set("key", 1);

        _test.Cache.Clear();

        Assert.Equal(0, _test.Cache.Count);
        Assert.False(Cache.TryGetValue("key", out _));
        Cache.Set("key", 2);
        Assert.Equal(2, Cache.Get("key"));
    }

    [Fact]
    public void Compacting_an_empty_cache_does_nothing() => _test.Cache.Compact(0.1);

    [Theory]
    [InlineData(0, 10)]
    [InlineData(0.09, 10)]
    [InlineData(0.35, 7)]
    [InlineData(1, 0)]
    public void Compacting_removes_that_part_of_all_entries(double percentage, int left)
    {
        for (int i = 0; i < 10; i++)
        {
            Cache.Set(i, i);
        }

        _test.Cache.Compact(percentage);

        Assert.Equal(left, _test.Cache.Count);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_part_is_from_nothing_to_all(double percentage)
        => Assert.Throws<ArgumentOutOfRangeException>(nameof(percentage), () => _test.Cache.Compact(percentage));

    [Fact]
    public void Compacting_takes_the_least_recently_used_of_the_lowest_priority_first()
    {
        SetAll();
        Cache.Get("normal 1");

        _test.Cache.Compact(0.2);
        Assert.Equal(["high", "never", "normal 1", "normal 2"], Sorted());
        _test.Cache.Compact(0.25);
        Assert.Equal(["high", "never", "normal 1"], Sorted());
        _test.Cache.Compact(0.4);
        Assert.Equal(["high", "never"], Sorted());
        _test.Cache.Compact(1);

        Assert.Equal(["never"], Sorted());
    }

    [Fact]
    public void What_is_out_of_date_goes_first_and_counts()
    {
        var token = new ManualToken(isActive: false);
        SetAll();
        Cache.Set("expired", 1, TimeSpan.FromMinutes(1));
        Cache.Set("changed", 1, token);
        token.HasChanged = true;
        _test.Pass(TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(50));
        Assert.Equal(7, _test.Cache.Count);
        _test.Time.AdvanceAtOnce(TimeSpan.FromMilliseconds(60));

        _test.Cache.Compact(0.15);

        Assert.Equal(["high", "low", "never", "normal 1", "normal 2"], Sorted());
    }

    [Fact]
    public void Statistics_count_hits_misses_and_entries()
    {
        Cache.Set("key", 1);
        for (int i = 0; i < 100; i++)
        {
            Cache.Get("key");
            Cache.Get("absent");
            Cache.Get("too");
        }

        MemoryCacheStatistics? statistics = Cache.GetCurrentStatistics();

        Assert.NotNull(statistics);
        Assert.Equal(100, statistics.TotalHits);
        Assert.Equal(200, statistics.TotalMisses);
        Assert.Equal(1, statistics.CurrentEntryCount);
        Assert.Null(statistics.CurrentEstimatedSize);
    }

    [Fact]
    public void A_read_that_finds_an_entry_out_of_date_is_a_miss()
    {
        var token = new ManualToken(isActive: false);
        Cache.Set("key", 1, token);
        Cache.Get("key");
        token.HasChanged = true;
        Cache.Get("key");
        Cache.Get("key");

        MemoryCacheStatistics? statistics = Cache.GetCurrentStatistics();

        Assert.Equal((1, 2, 0), (statistics!.TotalHits, statistics.TotalMisses, statistics.CurrentEntryCount));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task There_are_no_statistics_if_nobody_wants_them()
    {
        await using var test = new TestMemoryCache(static options => options.TrackStatistics = false);

        Assert.Null(test.Cache.GetCurrentStatistics());
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_disposed_cache_says_so_but_for_an_entry_that_is_being_committed()
    {
        ICacheEntry entry = Cache.CreateEntry("key").SetValue(1);

        _test.Cache.Dispose();
        _test.Cache.Dispose();
        await _test.Cache.DisposeAsync();

        entry.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Cache.TryGetValue("key", out _));
        Assert.Throws<ObjectDisposedException>(() => _test.Cache.TryGetValue("key".AsSpan(), out _));
        Assert.Throws<ObjectDisposedException>(() => Cache.CreateEntry("key"));
        Assert.Throws<ObjectDisposedException>(() => Cache.Remove("key"));
        Assert.Throws<ObjectDisposedException>(_test.Cache.Clear);
        Assert.Throws<ObjectDisposedException>(() => _test.Cache.Compact(1));
        Assert.Equal(0, _test.Cache.Count);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_cache_that_is_switched_off_works_and_stays_empty()
    {
        await using var test = new TestMemoryCache(static options => options.Enabled = false);
        IMemoryCache cache = test.Cache;

        Assert.Equal(1, cache.Set("key", 1, test.Heard));
        Assert.Equal(2, cache.GetOrCreate("key", static _ => 2));
        cache.Remove("key");

        Assert.False(cache.TryGetValue("key", out _));
        Assert.Equal(0, test.Cache.Count);
        Assert.Equal(new Evicted("key", 1, EvictionReason.Capacity), await test.Evictions.NextAsync());
    }

    [Fact]
    public void Every_fault_of_the_options_is_named()
    {
        var exception = Assert.Throws<CacheOptionsException>(
            () => new FastCacheMemoryCache(new FastCacheOptions { Capacity = 0, DefaultExpiration = TimeSpan.Zero }));

        Assert.Equal(2, exception.Faults.Count);
        Assert.Throws<ArgumentNullException>("options", () => new FastCacheMemoryCache(null!));
    }

    [Fact]
    public void Compacting_beside_readers_and_writers_harms_nobody()
        => Crew.Run(3, number =>
        {
            for (int i = 0; i < 200; i++)
            {
                if (number == 0)
                {
                    _test.Cache.Compact(0.5);
                    continue;
                }

                for (int key = 0; key < 50; key++)
                {
                    Cache.Set(key, key);
                    Assert.True(Cache.Get(key) is null or int);
                }
            }
        });

    private void SetAll()
    {
        Cache.Set("never", 1, new MemoryCacheEntryOptions { Priority = CacheItemPriority.NeverRemove });
        Cache.Set("high", 1, new MemoryCacheEntryOptions { Priority = CacheItemPriority.High });
        Cache.Set("normal 1", 1);
        Cache.Set("normal 2", 1);
        Cache.Set("low", 1, new MemoryCacheEntryOptions { Priority = CacheItemPriority.Low });
    }

    private IEnumerable<object> Sorted() => _test.Cache.Keys.Order();
}
