using System.Diagnostics;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Diagnostics;

/// <summary>What loads of a cache look like to those who watch it.</summary>
public sealed class LoadObservationTests
{
    private const string Secret = "a key that nobody shall see";

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Hits_misses_loads_and_their_time_are_counted()
    {
        using Cache<string, string> cache = Create("counting");

        Assert.Equal("1", cache.GetOrAdd("one", _ =>
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            return "1";
        }));
        Assert.Equal("1", await cache.GetOrAddAsync("one", static (_, _) => new ValueTask<string>("other")));
        await Assert.ThrowsAsync<InvalidDataException>(
            async () => await cache.GetOrAddAsync("two", static (_, _) => throw new InvalidDataException()));
        await cache.GetOrAddManyAsync(
            ["one", "three"], static (keys, _) => new(keys.Select(static key => KeyValuePair.Create(key, key))));

        CacheStatistics statistics = cache.Statistics;
        Assert.Equal((2, 3), (statistics.Hits, statistics.Misses));
        Assert.Equal((3, 1, 0), (statistics.Loads, statistics.LoadFailures, statistics.LoadCancellations));
        Assert.Equal(TimeSpan.FromSeconds(2), statistics.TotalLoadTime);
    }

    [Fact]
    public async Task Who_joins_a_load_is_a_miss_and_no_load()
    {
        using Cache<string, string> cache = Create("joining");
        var source = new TaskCompletionSource<string>();
        Task<string>[] callers = [.. Enumerable.Range(0, 5).Select(_ => cache.GetOrAddAsync("key", (_, _) => source.Task).AsTask())];

        source.SetResult("value");
        await Task.WhenAll(callers);

        Assert.Equal((0, 5, 1), (cache.Statistics.Hits, cache.Statistics.Misses, cache.Statistics.Loads));
    }

    [Fact]
    public async Task Stale_values_that_are_served_are_counted_as_hits_that_were_stale()
    {
        using Cache<string, string> cache = Create("stale", options => options.Loading = new LoadOptions
        {
            Entry = new EntryOptions { ExpireAfterWrite = TimeSpan.FromMinutes(1) },
            FailSafeMaxDuration = TimeSpan.FromHours(1),
        });
        await cache.GetOrAddAsync("key", static (_, _) => new ValueTask<string>("old"));
        _time.Advance(TimeSpan.FromMinutes(2));

        // A load that fails, and then a pause in which none is tried.
        Assert.Equal("old", await cache.GetOrAddAsync("key", static (_, _) => throw new InvalidDataException()));
        Assert.Equal("old", await cache.GetOrAddAsync("key", static (_, _) => throw new UnreachableException()));

        CacheStatistics statistics = cache.Statistics;
        Assert.Equal((2, 2, 1), (statistics.StaleServed, statistics.Loads, statistics.LoadFailures));
        Assert.Equal((1, 2), (statistics.Hits, statistics.Misses));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_value_that_is_renewed_in_the_background_is_a_refresh()
    {
        using var record = new SpanRecord("refreshing");
        using Cache<string, string> cache = Create("refreshing", options => options.Loading = new LoadOptions
        {
            Entry = new EntryOptions { ExpireAfterWrite = TimeSpan.FromMinutes(10) },
            EagerRefreshThreshold = 0.5,
        });
        await cache.GetOrAddAsync("key", static (_, _) => new ValueTask<string>("old"));
        _time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal("old", await cache.GetOrAddAsync("key", static (_, _) => new ValueTask<string>("new")));
        Wait.Until(() => cache.Statistics.Refreshes == 1);

        Assert.Equal("new", cache.TryGet("key", out string? value) ? value : null);
        Assert.Equal(["foreground", "refresh"], record.Spans.Select(static span => span.GetTagItem("fastcache.load.kind")));
        Assert.Null(record.Spans[1].ParentId);
    }

    [Fact]
    public async Task Every_load_is_a_span_and_one_duration_and_neither_shows_its_key()
    {
        using var factory = new TestMeterFactory();
        using Cache<string, string> cache = Create("watched", options => options.MeterFactory = factory);
        using var meters = new MeterReading(factory);
        using var record = new SpanRecord("watched");
        using var request = new Activity("request").Start();

        cache.GetOrAdd(Secret, key => $"value of {key}");
        await cache.GetOrAddManyAsync(
            [Secret, Secret + "2"], static (keys, _) => new(keys.Select(static key => KeyValuePair.Create(key, key))));
        await Assert.ThrowsAsync<InvalidDataException>(
            async () => await cache.GetOrAddAsync(Secret + "3", static async (key, _) =>
            {
                await Task.Yield();
                throw new InvalidDataException(key);
            }));

        Assert.Equal(["foreground", "bulk", "foreground"], record.Spans.Select(static span => span.GetTagItem("fastcache.load.kind")));
        Assert.All(record.Spans, span => Assert.Equal(request.Id, span.ParentId));
        Assert.Same(request, Activity.Current);
        Assert.Equal(3, meters.Of("fastcache.load.duration").Count);
        Assert.DoesNotContain(record.Spans.SelectMany(static span => span.TagObjects), static tag => Shows(tag.Value));
        Assert.DoesNotContain(meters.Of("fastcache.load.duration").Keys, static tags => Shows(tags));
    }

    [Fact]
    public async Task The_spans_of_a_factory_belong_to_its_load()
    {
        using var record = new SpanRecord("nesting");
        using Cache<string, string> cache = Create("nesting");
        string? seen = null;

        await cache.GetOrAddAsync("key", async (_, _) =>
        {
            await Task.Yield();
            return seen = Activity.Current!.Id!;
        });

        Assert.Equal(seen, Assert.Single(record.Spans).Id);
    }

    private static bool Shows(object? value) => $"{value}".Contains(Secret, StringComparison.Ordinal);

    private Cache<string, string> Create(string name, Action<CacheOptions<string, string>>? configure = null)
        => ExpiringCache.Of<string, string>(_time, options =>
        {
            options.Name = name;
            options.CountRequests = true;
            configure?.Invoke(options);
        });
}
