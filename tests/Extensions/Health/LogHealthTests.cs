using FastCache.Extensions;
using FastCache.Extensions.Health;
using FastCache.Extensions.Registration;
using FastCache.Persistence;
using FastCache.Tests.Persistence.Storage;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace FastCache.Tests.Extensions.Health;

/// <summary>What is not well in the log under a cache.</summary>
public sealed class LogHealthTests : IDisposable
{
    private static readonly object Cache = new();
    private static readonly CacheLogStatistics Well = new() { Length = 900, Records = 1_000 };

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly FastCacheHealthOptions _options = new() { Interval = TimeSpan.FromMinutes(1), MinFreeDiskMegabytes = 0 };

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_log_that_has_failed_is_a_failure_until_it_has_begun_anew_and_noted_for_an_interval_more()
    {
        var watch = new CacheWatch(Figures(Well), _time);
        var fault = new CacheLogException("The disk is gone.", null);

        Assert.Equal([new Finding("goes on without its log: The disk is gone.", IsFailure: true)], Look(watch, Well with { Fault = fault }));
        Assert.Equal([new Finding("had been without its log, which has begun anew")], Look(watch, Well with { Resumptions = 1 }));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(Look(watch, Well with { Resumptions = 1 }));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(Look(watch, Well with { Resumptions = 1 }));
    }

    [Fact]
    public void What_has_happened_is_reported_to_the_end_of_the_next_interval_however_often_one_looks()
    {
        var watch = new CacheWatch(Figures(Well), _time);
        CacheLogStatistics later = Well with { Dropped = 3, ForgottenSegments = 2, Mends = 1 };
        string[] expected =
        [
            "has left 3 values out of its log for want of room",
            "has lost the oldest 2 segments of its log for want of room",
            "has had 1 files of its log fail, and lost nothing",
        ];

        for (int second = 0; second < 120; second += 20)
        {
            Assert.Equal(expected, Look(watch, later).Select(static finding => finding.Text));
            _time.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.Empty(Look(watch, later));
    }

    [Fact]
    public void What_happened_before_the_first_look_is_no_news()
    {
        var watch = new CacheWatch(Figures(Well with { Dropped = 3, Mends = 4 }), _time);

        Assert.Empty(Look(watch, Well with { Dropped = 3, Mends = 4 }));
    }

    [Theory]
    [InlineData(900, false)]
    [InlineData(901, true)]
    public void A_log_near_its_largest_size_is_about_to_forget(long length, bool isNear)
        => Assert.Equal(
            isNear ? ["has a log of 901 bytes, more than MaxLogFill, 90 %, of 1000: its oldest entries are about to be forgotten"] : [],
            Look(new CacheWatch(Figures(Well), _time), Well with { Length = length }).Select(static finding => finding.Text));

    [Theory]
    [InlineData(9, 0, false)]
    [InlineData(10, 0, true)]
    [InlineData(10, 1_000, false)]
    [InlineData(11, 1_000, true)]
    public void Writers_that_wait_for_the_disk_are_noted_when_there_are_many(long waits, long records, bool isBehind)
        => Assert.Equal(
            isBehind ? [$"is held up by its log: {waits} writes had to wait for the disk, which has taken {records} records; MaxLogWaitRatio is 1.0 %"] : [],
            Look(new CacheWatch(Figures(Well), _time), Well with { Waits = waits, Records = Well.Records + records }).Select(static finding => finding.Text));

    [Fact]
    public void A_disk_with_little_room_is_noted()
    {
        _options.MinFreeDiskMegabytes = int.MaxValue;
        var watch = new CacheWatch(Figures(Well), _time);

        Assert.Matches("^has its log on a disk with [0-9]+ bytes free, less than MinFreeDiskMegabytes, 2147483647$", Assert.Single(Look(watch, Well)).Text);
        Assert.True(LogExamination.FreeBytes(Figures(Well).Log!) > 0);
        Assert.Null(LogExamination.FreeBytes(Figures(Well).Log! with { Directory = "/no/such/directory" }));
        Assert.Null(LogExamination.FreeBytes(Figures(Well).Log! with { Directory = "a\0b" }));
    }

    [Fact]
    public void A_restoring_that_failed_is_noted()
    {
        var watch = new CacheWatch(Figures(Well), _time);
        CacheFigures figures = Figures(Well);
        watch.Look(figures with { Log = figures.Log! with { RestoreFault = new IOException("the disk") } }, _options);

        Assert.Equal([new Finding("could not be restored from its log: the disk")], LogExamination.Of(watch, _options));
    }

    [Theory]
    [InlineData(null, HealthStatus.Unhealthy, HealthStatus.Degraded)]
    [InlineData(HealthStatus.Degraded, HealthStatus.Degraded, HealthStatus.Degraded)]
    [InlineData(HealthStatus.Healthy, HealthStatus.Healthy, HealthStatus.Healthy)]
    public void The_status_is_what_the_registration_says_for_a_failure_and_degraded_at_worst_for_all_else(
        HealthStatus? failureStatus, HealthStatus failed, HealthStatus notWell)
    {
        var registration = new HealthCheckRegistration("fastcache", new NoCheck(), failureStatus, tags: null);

        Assert.Equal(failed, FastCacheHealthCheck.StatusOf([new Finding("a"), new Finding("b", IsFailure: true)], registration.FailureStatus));
        Assert.Equal(notWell, FastCacheHealthCheck.StatusOf([new Finding("a"), new Finding("b")], registration.FailureStatus));
        Assert.Equal(HealthStatus.Healthy, FastCacheHealthCheck.StatusOf([], registration.FailureStatus));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_log_in_use_is_reported_with_its_size_and_its_limit()
    {
        await Wait.LeaveRunner();
        await using var probe = new HealthProbe(
            static services => services.AddFastCacheDistributedCache(),
            ("FastCache:PersistenceDirectory", _directory.Path), ("FastCache:MaxLogMegabytes", "256"));
        await probe.Services.GetRequiredService<IDistributedCache>().SetAsync("key", [1]);

        HealthReportEntry entry = await probe.CheckAsync();

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.InRange((long)entry.Data["distributed.log.size"], 1, 1 << 20);
        Assert.Equal(256L << 20, entry.Data["distributed.log.max_size"]);
        Assert.Equal(false, entry.Data["distributed.log.degraded"]);
        Assert.Equal(0L, entry.Data["distributed.log.dropped"]);
        Assert.Contains("distributed.log.pending", entry.Data.Keys);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_disk_with_little_room_is_degraded_by_the_setting()
    {
        await Wait.LeaveRunner();
        await using var probe = new HealthProbe(
            static services => services.AddFastCacheDistributedCache(),
            ("FastCache:PersistenceDirectory", _directory.Path), ("FastCache:Health:MinFreeDiskMegabytes", "2147483647"));
        probe.Services.GetRequiredService<IDistributedCache>();

        HealthReportEntry entry = await probe.CheckAsync();

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.StartsWith("distributed has its log on a disk with ", entry.Description, StringComparison.Ordinal);
        Assert.StartsWith("has its log on a disk with ", (string)entry.Data["distributed.findings"], StringComparison.Ordinal);
    }

    private CacheFigures Figures(CacheLogStatistics log)
        => new(Cache, new CacheLabel("orders", "a cache"), default, new LogFigures(_directory.Path, MaxSize: 1_000, log));

    private Finding[] Look(CacheWatch watch, CacheLogStatistics log)
    {
        watch.Look(Figures(log), _options);
        return [.. LogExamination.Of(watch, _options)];
    }

    private sealed class NoCheck : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
            => throw new NotSupportedException();
    }
}
