using System.Diagnostics;
using FastCache.Diagnostics;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Diagnostics;

public sealed class LoadTelemetryTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Loads_are_counted_when_they_end()
    {
        LoadTelemetry loads = Create(name: null);
        LoadScope scope = loads.Start(LoadKind.Foreground);
        Assert.Equal(default, loads.Statistics);
        _time.Advance(TimeSpan.FromSeconds(3));

        loads.Succeed(scope);
        loads.Fail(scope, new InvalidOperationException());
        loads.Cancel(scope);
        loads.RecordRefresh();
        loads.RecordStaleServed();

        var expected = new CacheStatistics
        {
            Loads = 3,
            LoadFailures = 1,
            LoadCancellations = 1,
            TotalLoadTime = TimeSpan.FromSeconds(9),
            Refreshes = 1,
            StaleServed = 1,
        };
        Assert.Equal(expected, loads.Statistics);
    }

    [Fact]
    public void Nothing_is_allocated_while_nobody_listens()
    {
        using var factory = new TestMeterFactory();
        var loads = new LoadTelemetry(CacheMeter.For(factory), "cache", TimeProvider.System, measuresLoads: true);

        Assert.Equal(0, Allocations.Of(_ => loads.Succeed(loads.Start(LoadKind.Foreground))));
    }

    [Fact]
    public void A_load_is_a_span_with_name_and_kind_and_without_its_key()
    {
        Activity[] spans = SpansOf("succeeding", loads => loads.Succeed(loads.Start(LoadKind.Refresh)));

        Activity span = Assert.Single(spans);
        Assert.Equal(("FastCache load", ActivityKind.Internal), (span.OperationName, span.Kind));
        Assert.Equal((CacheMeter.Name, CacheMeter.Version), (span.Source.Name, span.Source.Version));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        AssertTags(
            span,
            ("dotnet.cache.name", "succeeding"),
            ("fastcache.load.kind", "refresh"),
            ("fastcache.load.result", "success"));
    }

    [Fact]
    public void A_failed_load_has_the_type_of_the_exception_and_not_its_message()
    {
        Activity[] spans = SpansOf(
            "failing", loads => loads.Fail(loads.Start(LoadKind.Bulk), new InvalidOperationException("The key is secret.")));

        Activity span = Assert.Single(spans);
        Assert.Equal((ActivityStatusCode.Error, null), (span.Status, span.StatusDescription));
        Assert.Empty(span.Events);
        AssertTags(
            span,
            ("dotnet.cache.name", "failing"),
            ("error.type", "System.InvalidOperationException"),
            ("fastcache.load.kind", "bulk"),
            ("fastcache.load.result", "failure"));
    }

    [Fact]
    public void A_cancelled_load_is_no_error()
    {
        Activity[] spans = SpansOf("cancelled", loads => loads.Cancel(loads.Start(LoadKind.Foreground)));

        Activity span = Assert.Single(spans);
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Equal("cancelled", span.GetTagItem("fastcache.load.result"));
    }

    [Fact]
    public void What_the_factory_traces_belongs_to_the_load()
        => SpansOf("parent", loads =>
        {
            using Activity caller = new Activity("caller").Start();
            LoadScope scope = loads.Start(LoadKind.Foreground);
            Assert.Same(scope.Activity, Activity.Current);
            Assert.Same(caller, scope.Activity!.Parent);

            loads.Succeed(scope);

            Assert.Same(caller, Activity.Current);
        });

    [Fact]
    public void A_load_that_goes_on_elsewhere_leaves_its_caller_and_its_finisher_their_spans()
        => SpansOf("elsewhere", loads =>
        {
            using Activity caller = new Activity("caller").Start();
            LoadScope scope = loads.Start(LoadKind.Foreground);
            LoadTelemetry.Leave(scope);
            Assert.Same(caller, Activity.Current);

            using Activity finisher = new Activity("finisher").Start();
            loads.Succeed(scope);

            Assert.Same(finisher, Activity.Current);
            Assert.True(scope.Activity!.IsStopped);
        });

    [Fact]
    public void Hits_are_no_spans()
    {
        using var record = new SpanRecord("hits");
        using var cache = new Cache<int, int>(new CacheOptions<int, int> { Capacity = 10, Name = "hits", CountRequests = true });
        cache.Set(1, 1);

        Assert.True(cache.TryGet(1, out _));
        Assert.Equal(1, cache.GetOrAdd(1, _ => 2));

        Assert.Empty(record.Spans);
    }

    private static void AssertTags(Activity span, params (string Name, string Value)[] expected)
        => Assert.Equal(
            expected.OrderBy(tag => tag.Name, StringComparer.Ordinal),
            span.TagObjects.Select(tag => (tag.Key, (string)tag.Value!)).OrderBy(tag => tag.Key, StringComparer.Ordinal));

    private LoadTelemetry Create(string? name) => new(CacheMeter.For(factory: null), name, _time, measuresLoads: true);

    private Activity[] SpansOf(string cacheName, Action<LoadTelemetry> use)
    {
        using var record = new SpanRecord(cacheName);
        use(Create(cacheName));
        return record.Spans;
    }
}
