using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>What a factory is told, and what it decides.</summary>
public sealed class LoadContextTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _time = new();
    private readonly Cache<int, string?> _cache;

    public LoadContextTests()
        => _cache = ExpiringCache.Of<int, string?>(_time, options =>
        {
            options.ExpireAfterWrite = 10 * Second;
            options.Loading = new LoadOptions { FailSafeMaxDuration = 100 * Second, NegativeExpireAfterWrite = Second };
        });

    public void Dispose() => _cache.Dispose();

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_factory_sees_its_key_and_that_there_was_nothing()
    {
        await Wait.LeaveRunner();

        await _cache.GetOrAddAsync(7, context =>
        {
            Assert.Equal(7, context.Key);
            Assert.False(context.HasPreviousValue);
            Assert.Null(context.PreviousValue);
            Assert.False(context.IsBackground);
            Assert.True(context.KeepsResult);
            Assert.False(context.IsNegative);
            Assert.Null(context.Weight);
            return new ValueTask<string?>("value");
        });
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_value_that_is_not_modified_lives_anew()
    {
        await Wait.LeaveRunner();
        _cache.Set(1, "old");
        _time.Advance(11 * Second);
        Assert.False(_cache.ContainsKey(1));

        string? value = await _cache.GetOrAddAsync(1, context =>
        {
            Assert.True(context.HasPreviousValue);
            return new ValueTask<string?>(context.PreviousValue);
        });

        Assert.Equal("old", value);
        Assert.Equal(10 * Second, _cache.TimeToLive(1));
        _cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_refresh_knows_that_it_is_one_and_can_be_not_modified_too()
    {
        await Wait.LeaveRunner();
        _cache.Set(1, "old");
        _time.Advance(6 * Second);
        bool? isBackground = null;
        var loading = new LoadOptions { StaleWhileRevalidate = 50 * Second };
        _time.Advance(5 * Second);

        Assert.Equal("old", await _cache.GetOrAddAsync(
            1,
            context =>
            {
                isBackground = context.IsBackground;
                return new ValueTask<string?>(context.PreviousValue);
            },
            loading));

        Wait.Until(() => _cache.ContainsKey(1));
        Assert.True(isBackground);
        Assert.Equal(10 * Second, _cache.TimeToLive(1));
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData("null")]
    [InlineData("marked")]
    [InlineData("positive")]
    public async Task A_negative_result_is_kept_for_a_time_of_its_own(string result)
    {
        await Wait.LeaveRunner();

        await _cache.GetOrAddAsync(1, context =>
        {
            context.IsNegative = result == "marked";
            return new ValueTask<string?>(result == "null" ? null : "value");
        });

        Assert.True(_cache.TryGet(1, out string? held));
        Assert.Equal(result == "null" ? null : "value", held);
        Assert.Equal((result == "positive" ? 10 : 1) * Second, _cache.TimeToLive(1));
        _time.Advance(2 * Second);
        Assert.Equal(result == "positive", _cache.ContainsKey(1));
    }

    [Fact]
    public void A_null_of_a_synchronous_factory_is_negative_too()
    {
        Assert.Null(_cache.GetOrAdd(1, _ => null, ExpiringCache.For(100 * Second)));

        Assert.Equal(Second, _cache.TimeToLive(1));
    }

    [Fact]
    public void Without_a_time_of_its_own_a_null_is_a_value_like_any_other()
    {
        using Cache<int, string?> cache = ExpiringCache.Of<int, string?>(_time);

        Assert.Null(cache.GetOrAdd(1, _ => null));

        Assert.True(cache.TryGet(1, out string? held));
        Assert.Null(held);
        Assert.Null(cache.GetOrAdd(1, _ => "again"));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_result_that_is_not_to_be_kept_goes_to_all_who_wait_and_nowhere_else()
    {
        await Wait.LeaveRunner();
        var source = new ScriptedSource<string?>();
        Task<string?>[] callers = [.. Enumerable.Range(0, 3).Select(_ => _cache.GetOrAddAsync(1, async context =>
        {
            context.KeepsResult = false;
            return await source.Ask(context.CancellationToken);
        }).AsTask())];

        source.Answer("value");

        Assert.All(await Task.WhenAll(callers), static value => Assert.Equal("value", value));
        Assert.Equal(1, source.Calls);
        Assert.Equal(0, _cache.Count);
        Assert.Equal(0, _cache.LoadsInProgress);
        _cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_result_that_is_not_kept_leaves_a_value_that_there_is()
    {
        await Wait.LeaveRunner();
        _cache.Set(1, "old");
        _time.Advance(11 * Second);

        Assert.Equal("new", await _cache.GetOrAddAsync(1, static context =>
        {
            context.KeepsResult = false;
            return new ValueTask<string?>("new");
        }));

        Assert.Equal("old", await _cache.GetOrAddAsync(1, static _ => throw new InvalidDataException()));
        _cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task How_an_entry_is_kept_is_said_by_the_factory_then_by_the_call_then_by_the_cache()
    {
        await Wait.LeaveRunner();
        var loading = new LoadOptions { Entry = ExpiringCache.For(20 * Second) };

        await _cache.GetOrAddAsync(1, static context => new ValueTask<string?>("value"));
        await _cache.GetOrAddAsync(2, static context => new ValueTask<string?>("value"), loading);
        await _cache.GetOrAddAsync(
            3,
            static context =>
            {
                Assert.Equal(20 * Second, context.Entry.ExpireAfterWrite);
                context.Entry = ExpiringCache.For(30 * Second);
                return new ValueTask<string?>("value");
            },
            loading);

        Assert.Equal(10 * Second, _cache.TimeToLive(1));
        Assert.Equal(20 * Second, _cache.TimeToLive(2));
        Assert.Equal(30 * Second, _cache.TimeToLive(3));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_result_that_has_expired_when_it_comes_is_returned_and_not_kept()
    {
        await Wait.LeaveRunner();

        Assert.Equal("value", await _cache.GetOrAddAsync(1, static context =>
        {
            context.Entry = new EntryOptions { ExpireAt = DateTimeOffset.UnixEpoch };
            return new ValueTask<string?>("value");
        }));

        Assert.Equal(0, _cache.Count);
        Assert.Equal(1, _cache.Statistics.RefusedAsExpired);
        _cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_factory_says_what_its_result_weighs()
    {
        await Wait.LeaveRunner();
        using Cache<int, string> cache = WeightedCache.OfStrings(limit: 100, maxEntryWeight: 50);

        Assert.Equal("abc", await cache.GetOrAddAsync(1, static _ => new ValueTask<string>("abc")));
        Assert.Equal(3, cache.Weight);
        Assert.Equal("abc", await Weighing(cache, 2, 40));
        Assert.Equal(43, cache.Weight);
        Assert.Equal("abc", await Weighing(cache, 3, 51));
        Assert.Equal(43, cache.Weight);
        Assert.Equal(1, cache.Statistics.RefusedAsTooHeavy);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Weighing(cache, 4, -1));
        Assert.Equal(0, cache.LoadsInProgress);
        cache.AssertConsistent();

        static Task<string> Weighing(Cache<int, string> cache, int key, int weight)
            => cache.GetOrAddAsync(key, context =>
            {
                context.Weight = weight;
                return new ValueTask<string>("abc");
            }).AsTask();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_result_that_is_too_heavy_takes_the_place_of_the_stale_value_all_the_same()
    {
        await Wait.LeaveRunner();
        using var cache = new Cache<int, string>(new CacheOptions<int, string>
        {
            WeightLimit = 100,
            MaxEntryWeight = 50,
            Weigher = static (_, text) => text.Length,
            TimeProvider = _time,
            ExpireAfterWrite = Second,
            Loading = new LoadOptions { FailSafeMaxDuration = 100 * Second },
        });
        cache.Set(1, "old");
        _time.Advance(2 * Second);

        Assert.Equal(60, cache.GetOrAdd(1, _ => new string('x', 60)).Length);

        Assert.Throws<InvalidDataException>(() => cache.GetOrAdd(1, _ => throw new InvalidDataException()));
        Assert.Equal(0, cache.Weight);
        cache.AssertConsistent();
    }
}
