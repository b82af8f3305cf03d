using System.Diagnostics.Metrics;
using FastCache.Diagnostics;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Diagnostics;

public sealed class CacheMeterTests : IDisposable
{
    private readonly TestMeterFactory _factory = new();
    private readonly MeterReading _reading;

    public CacheMeterTests() => _reading = new MeterReading(_factory);

    public void Dispose()
    {
        _reading.Dispose();
        _factory.Dispose();
    }

    [Theory]
    [InlineData("dotnet.cache.requests", "{request}", typeof(ObservableCounter<long>))]
    [InlineData("dotnet.cache.evictions", "{eviction}", typeof(ObservableCounter<long>))]
    [InlineData("dotnet.cache.entries", "{entry}", typeof(ObservableUpDownCounter<long>))]
    [InlineData("dotnet.cache.estimated_size", "1", typeof(ObservableUpDownCounter<long>))]
    [InlineData("fastcache.refused", "{value}", typeof(ObservableCounter<long>))]
    [InlineData("fastcache.refreshes", "{value}", typeof(ObservableCounter<long>))]
    [InlineData("fastcache.stale_served", "{request}", typeof(ObservableCounter<long>))]
    [InlineData("fastcache.loads", "{load}", typeof(ObservableCounter<long>))]
    [InlineData("fastcache.load.duration", "s", typeof(Histogram<double>))]
    [InlineData("fastcache.log.size", "By", typeof(ObservableUpDownCounter<long>))]
    [InlineData("fastcache.log.segments", "{segment}", typeof(ObservableUpDownCounter<long>))]
    [InlineData("fastcache.log.pending", "By", typeof(ObservableUpDownCounter<long>))]
    [InlineData("fastcache.log.degraded", "{log}", typeof(ObservableUpDownCounter<long>))]
    [InlineData("fastcache.log.records", "{record}", typeof(ObservableCounter<long>))]
    [InlineData("fastcache.log.written", "By", typeof(ObservableCounter<long>))]
    [InlineData("fastcache.log.omitted", "{value}", typeof(ObservableCounter<long>))]
    [InlineData("fastcache.log.forgotten", "{segment}", typeof(ObservableCounter<long>))]
    [InlineData("fastcache.log.failures", "{failure}", typeof(ObservableCounter<long>))]
    public void Each_instrument_exists_once_however_many_caches_there_are(string name, string unit, Type type)
    {
        using Cache<int, int> one = CacheOf("one");
        using Cache<int, int> other = CacheOf("other");

        Instrument instrument = Assert.Single(_reading.Instruments, instrument => instrument.Name == name);
        Assert.Equal((unit, type), (instrument.Unit, instrument.GetType()));
        Assert.NotEmpty(instrument.Description!);
        Assert.Equal((CacheMeter.Name, CacheMeter.Version), (instrument.Meter.Name, instrument.Meter.Version));
        Assert.Equal(18, _reading.Instruments.Count);
        Assert.Single(_factory.Meters);
    }

    [Fact]
    public void Requests_are_measured_by_cache_and_result()
    {
        using Cache<int, int> one = CacheOf("one");
        using Cache<int, int> other = CacheOf("other");
        one.GetOrAdd(1, _ => 1);
        one.TryGet(1, out _);
        one.TryGet(1, out _);
        other.TryGet(1, out _);

        AssertMeasured(
            "dotnet.cache.requests",
            ("dotnet.cache.name=one,dotnet.cache.request.result=hit", 2),
            ("dotnet.cache.name=one,dotnet.cache.request.result=miss", 1),
            ("dotnet.cache.name=other,dotnet.cache.request.result=hit", 0),
            ("dotnet.cache.name=other,dotnet.cache.request.result=miss", 1));
    }

    [Fact]
    public void A_cache_that_counts_no_requests_measures_none()
    {
        using Cache<int, int> cache = CacheOf("quiet", options => options.CountRequests = false);
        cache.TryGet(1, out _);

        AssertMeasured("dotnet.cache.requests");
    }

    [Fact]
    public void Evictions_are_measured_by_reason()
    {
        var time = new ManualTimeProvider();
        using Cache<int, int> cache = CacheOf("cache", options => options.TimeProvider = time);
        cache.SetMany(Enumerable.Range(0, 10).Select(key => KeyValuePair.Create(key, key)));
        cache.Trim(3);
        cache.TrySetExpiry(cache.First().Key, new EntryOptions { ExpireAfterWrite = TimeSpan.FromMinutes(1) });
        time.Advance(TimeSpan.FromMinutes(2));
        cache.TrimExpired();

        AssertMeasured(
            "dotnet.cache.evictions",
            ("dotnet.cache.name=cache,fastcache.eviction.reason=capacity", 3),
            ("dotnet.cache.name=cache,fastcache.eviction.reason=expired", 1));
        AssertMeasured("dotnet.cache.entries", ("dotnet.cache.name=cache", 6));
    }

    [Fact]
    public void Sizes_are_measured_where_there_is_a_weigher()
    {
        using Cache<int, int> plain = CacheOf("plain");
        using Cache<int, int> weighed = WeighedCacheOf("weighed");
        plain.Set(1, 5);
        weighed.Set(1, 5);
        weighed.Set(2, 6);

        AssertMeasured("dotnet.cache.estimated_size", ("dotnet.cache.name=weighed", 11));
        AssertMeasured("dotnet.cache.entries", ("dotnet.cache.name=plain", 1), ("dotnet.cache.name=weighed", 2));
    }

    [Fact]
    public void Refused_values_are_measured_by_reason()
    {
        using Cache<int, int> cache = WeighedCacheOf("cache");
        cache.Set(0, 100);
        cache.Set(1, 1_000_000);
        cache.Set(2, 1_000_000);
        cache.Set(3, 60);
        for (int i = 0; i < 3; i++)
        {
            cache.Set(4, 1, new EntryOptions { ExpireAt = DateTimeOffset.UnixEpoch });
        }

        AssertMeasured(
            "fastcache.refused",
            ("dotnet.cache.name=cache,fastcache.refusal.reason=admission", 1),
            ("dotnet.cache.name=cache,fastcache.refusal.reason=expired", 3),
            ("dotnet.cache.name=cache,fastcache.refusal.reason=too_heavy", 2));
    }

    [Fact]
    public void Caches_of_one_name_and_caches_without_are_added_up()
    {
        Cache<int, int>[] caches = [CacheOf("a"), CacheOf("a"), CacheOf(null), CacheOf(null)];
        for (int i = 0; i < caches.Length; i++)
        {
            caches[i].SetMany(Enumerable.Range(0, i + 1).Select(key => KeyValuePair.Create(key, key)));
        }

        AssertMeasured("dotnet.cache.entries", ("dotnet.cache.name=a", 3), ("", 7));
        Array.ForEach(caches, cache => cache.Dispose());
    }

    [Fact]
    public void A_disposed_cache_drops_out()
    {
        Cache<int, int> gone = CacheOf("gone");
        using Cache<int, int> stays = CacheOf("stays");
        gone.Dispose();
        gone.Dispose();

        AssertMeasured("dotnet.cache.entries", ("dotnet.cache.name=stays", 0));
    }

    [Fact]
    public async Task A_cache_that_was_disposed_asynchronously_drops_out()
    {
        Cache<int, int> gone = CacheOf("gone");
        await gone.DisposeAsync();

        AssertMeasured("dotnet.cache.entries");
    }

    [Fact]
    public void Loads_are_measured_by_result()
    {
        using Cache<int, int> cache = CacheOf("cache");
        LoadTelemetry loads = cache.Loads;
        loads.Succeed(loads.Start(LoadKind.Foreground));
        loads.Succeed(loads.Start(LoadKind.Bulk));
        loads.Succeed(loads.Start(LoadKind.Refresh));
        loads.Fail(loads.Start(LoadKind.Foreground), new InvalidOperationException());
        loads.Fail(loads.Start(LoadKind.Foreground), new InvalidOperationException());
        loads.Cancel(loads.Start(LoadKind.Foreground));
        loads.RecordRefresh();
        for (int i = 0; i < 4; i++)
        {
            loads.RecordStaleServed();
        }

        AssertMeasured(
            "fastcache.loads",
            ("dotnet.cache.name=cache,fastcache.load.result=success", 3),
            ("dotnet.cache.name=cache,fastcache.load.result=failure", 2),
            ("dotnet.cache.name=cache,fastcache.load.result=cancelled", 1));
        AssertMeasured("fastcache.refreshes", ("dotnet.cache.name=cache", 1));
        AssertMeasured("fastcache.stale_served", ("dotnet.cache.name=cache", 4));
    }

    [Fact]
    public void Loads_are_measured_in_seconds_of_the_time_provider()
    {
        var time = new ManualTimeProvider();
        using Cache<int, int> cache = CacheOf("cache", options => options.TimeProvider = time);
        LoadScope quick = cache.Loads.Start(LoadKind.Foreground);
        LoadScope slow = cache.Loads.Start(LoadKind.Refresh);
        time.Advance(TimeSpan.FromMilliseconds(250));
        cache.Loads.Succeed(quick);
        time.Advance(TimeSpan.FromMilliseconds(1250));
        cache.Loads.Fail(slow, new InvalidOperationException());

        const string Quick = "dotnet.cache.name=cache,fastcache.load.kind=foreground,fastcache.load.result=success";
        const string Slow = "dotnet.cache.name=cache,fastcache.load.kind=refresh,fastcache.load.result=failure";
        Assert.Equal(
            new Dictionary<string, double> { [Quick] = 0.25, [Slow] = 1.5 }, _reading.Of("fastcache.load.duration"));
        Assert.Equal(TimeSpan.FromMilliseconds(1750), cache.Statistics.TotalLoadTime);
    }

    [Fact]
    public void Durations_of_loads_have_boundaries_from_a_tenth_of_a_millisecond_to_half_a_minute()
    {
        using Cache<int, int> cache = CacheOf("cache");

        var histogram = (Histogram<double>)_reading.Instruments.Single(instrument => instrument is Histogram<double>);
        IReadOnlyList<double> boundaries = histogram.Advice!.HistogramBucketBoundaries!;
        Assert.Equal(boundaries.Order().Distinct(), boundaries);
        Assert.Equal((0.0001, 30), (boundaries[0], boundaries[^1]));
    }

    private Cache<int, int> CacheOf(string? name, Action<CacheOptions<int, int>>? configure = null)
    {
        var options = new CacheOptions<int, int>
        {
            Capacity = 100,
            Name = name,
            MeterFactory = _factory,
            CountRequests = true,
            HashSeed = TestCache.Seed,
        };
        configure?.Invoke(options);
        return new Cache<int, int>(options);
    }

    private Cache<int, int> WeighedCacheOf(string name)
        => CacheOf(name, options =>
        {
            (options.Capacity, options.WeightLimit, options.ShardCount) = (0, 100, 1);
            options.Weigher = static (_, weight) => weight;
        });

    private void AssertMeasured(string instrument, params (string Tags, double Value)[] expected)
    {
        _reading.Observe();
        Assert.Equal(expected.ToDictionary(), _reading.Of(instrument));
    }
}
