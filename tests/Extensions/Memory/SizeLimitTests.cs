using FastCache.Extensions;
using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Memory;
using Xunit;

namespace FastCache.Tests.Extensions.Memory;

public sealed class SizeLimitTests : IAsyncDisposable
{
    private readonly TestMemoryCache _test = new(static options => options.SizeLimit = 10);

    private IMemoryCache Cache => _test.Cache;

    private long Size => _test.Cache.GetCurrentStatistics()!.CurrentEstimatedSize!.Value;

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public void An_entry_without_a_size_is_refused_and_what_was_there_stays()
    {
        Set("key", "old", 1);

        Assert.Throws<InvalidOperationException>(() => Cache.Set("key", "new"));

        Assert.Equal("old", Cache.Get("key"));
    }

    [Fact]
    public void An_entry_without_a_size_and_a_value_is_not_committed_and_so_not_refused() => Cache.CreateEntry("key").Dispose();

    [Fact]
    public void Sizes_are_added_up_and_taken_off_again()
    {
        Assert.Equal(0, Size);
        Set("one", 1, 5);
        Assert.Equal(5, Size);
        Set("one", 1, 3);
        Assert.Equal(3, Size);
        Set("two", 2, 4);
        Assert.Equal(7, Size);
        Cache.Remove("one");
        Assert.Equal(4, Size);
        _test.Cache.Clear();

        Assert.Equal(0, Size);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_expires_and_what_is_not_kept_takes_no_room()
    {
        await Wait.LeaveRunner();
        var token = new ManualToken();
        Set("expires", 1, 3, static options => options.SetAbsoluteExpiration(TimeSpan.FromMinutes(1)));
        Set("changes", 1, 4, options => options.AddExpirationToken(token));
        Assert.Equal(7, Size);

        _test.Pass(TimeSpan.FromMinutes(2));
        token.Change();
        Set("too late", 1, 5, options => options.SetAbsoluteExpiration(_test.Now));
        Set("changed before", 1, 5, options => options.AddExpirationToken(token));

        // What has expired is reclaimed in the background.
        Wait.Until(() => Size == 0);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(9)]
    [InlineData(2)]
    public void At_the_limit_an_entry_can_be_replaced_by_one_that_is_no_larger(int size)
    {
        Set("key", "old", 10);

        Set("key", "new", size);

        Assert.Equal("new", Cache.Get("key"));
        Assert.Equal(size, Size);
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(11)]
    [InlineData(int.MaxValue)]
    [InlineData(1L + int.MaxValue)]
    [InlineData(long.MaxValue)]
    public async Task What_is_larger_than_the_limit_is_not_kept_and_what_was_there_is_gone(long size)
    {
        Set("key", "old", 2, Hear);
        Set("other", "stays", 8);

        Set("key", "new", size, Hear);

        Assert.Null(Cache.Get("key"));
        Assert.Equal("stays", Cache.Get("other"));
        Assert.Equal(8, Size);
        Evicted[] evictions = [await _test.Evictions.NextAsync(), await _test.Evictions.NextAsync()];
        Assert.Contains(new Evicted("key", "old", EvictionReason.Replaced), evictions);
        Assert.Contains(new Evicted("key", "new", EvictionReason.Capacity), evictions);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_full_cache_makes_room_and_is_never_above_its_limit()
    {
        for (int i = 0; i < 50; i++)
        {
            Set(i, i, 1 + (i % 4), Hear);
            Assert.InRange(Size, 1, 10);
        }

        Assert.True(_test.Cache.Count > 1);
        Assert.Equal(EvictionReason.Capacity, (await _test.Evictions.NextAsync()).Reason);
    }

    [Fact]
    public void An_entry_of_no_size_counts_as_one()
    {
        for (int i = 0; i < 50; i++)
        {
            Set(i, i, 0);
        }

        Assert.Equal(10, _test.Cache.Count);
    }

    [Fact]
    public void An_entry_that_is_never_removed_stays_and_takes_nothing_of_the_limit()
    {
        Set("pinned", 1, 9, static options => options.SetPriority(CacheItemPriority.NeverRemove));
        for (int i = 0; i < 50; i++)
        {
            Set(i, i, 2);
        }

        Assert.Equal(1, Cache.Get("pinned"));
        Assert.Equal(10, Size);
        Assert.Equal(6, _test.Cache.Count);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Without_a_limit_sizes_are_ignored_and_a_pinned_entry_is_one_beyond_the_capacity()
    {
        await using var test = new TestMemoryCache(static options => options.Capacity = 5);
        IMemoryCache cache = test.Cache;
        cache.Set("pinned", 1, new MemoryCacheEntryOptions { Priority = CacheItemPriority.NeverRemove });
        for (int i = 0; i < 50; i++)
        {
            cache.Set(i, i, new MemoryCacheEntryOptions { Size = 1_000 });
        }

        Assert.Equal(6, test.Cache.Count);
        Assert.Null(test.Cache.GetCurrentStatistics()!.CurrentEstimatedSize);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Megabytes_are_a_limit_in_bytes()
    {
        await using var test = new TestMemoryCache(static options => (options.SizeLimitMegabytes, options.MaxEntrySize) = (1, 1 << 20));
        IMemoryCache cache = test.Cache;

        cache.Set("fits", 1, new MemoryCacheEntryOptions { Size = 1 << 20 });
        Assert.Equal(1, cache.Get("fits"));
        cache.Set("does not", 1, new MemoryCacheEntryOptions { Size = (1 << 20) + 1 });

        Assert.Null(cache.Get("does not"));
    }

    [Fact]
    public async Task A_size_that_is_no_int_is_too_large_even_where_there_is_room()
    {
        await using var test = new TestMemoryCache(static options => options.SizeLimit = 1L << 40);
        IMemoryCache cache = test.Cache;

        cache.Set("fits", 1, new MemoryCacheEntryOptions { Size = int.MaxValue });
        cache.Set("does not", 1, new MemoryCacheEntryOptions { Size = 1L + int.MaxValue });

        Assert.Equal(1, cache.Get("fits"));
        Assert.Null(cache.Get("does not"));
        Assert.Equal(int.MaxValue, cache.GetCurrentStatistics()!.CurrentEstimatedSize);
    }

    [Fact]
    public void Threads_that_write_remove_and_refuse_do_not_make_the_sum_drift()
    {
        Crew.Run(3, number =>
        {
            var random = new Random(number);
            for (int i = 0; i < 5_000; i++)
            {
                int key = random.Next(8);
                if (random.Next(3) == 0)
                {
                    Cache.Remove(key);
                }
                else
                {
                    Set(key, number, random.Next(1, 12));
                }

                Assert.InRange(Size, 0, 10);
            }
        });

        Assert.Equal(_test.Cache.Count, _test.Cache.Keys.Count());
        foreach (object key in _test.Cache.Keys)
        {
            Cache.Remove(key);
        }

        Assert.Equal(0, Size);
        Set("whole", 1, 10);
        Assert.Equal(1, Cache.Get("whole"));
    }

    private MemoryCacheEntryOptions Hear(MemoryCacheEntryOptions options)
    {
        options.PostEvictionCallbacks.Add(_test.Evictions.Registration);
        return options;
    }

    private void Set(object key, object value, long size, Func<MemoryCacheEntryOptions, MemoryCacheEntryOptions>? configure = null)
    {
        var options = new MemoryCacheEntryOptions { Size = size };
        Cache.Set(key, value, configure?.Invoke(options) ?? options);
    }
}
