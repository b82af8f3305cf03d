using FastCache.Persistence;
using FastCache.Persistence.Storage;
using FastCache.Persistence.Writing;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.Diagnostics;
using Xunit;

namespace FastCache.Tests.Persistence.Log;

/// <summary>What a log does is measured with its cache, under the cache's name.</summary>
public sealed class LogMetricsTests : IDisposable
{
    private readonly TestMeterFactory _factory = new();
    private readonly MeterReading _reading;

    public LogMetricsTests() => _reading = new MeterReading(_factory);

    public void Dispose()
    {
        _reading.Dispose();
        _factory.Dispose();
    }

    [Fact]
    public void Size_files_and_what_was_written_are_those_of_the_statistics()
    {
        using SmallLog log = Measured("orders").Open();
        using var plain = new Cache<int, int>(new CacheOptions<int, int> { Capacity = 10, Name = "plain", MeterFactory = _factory });
        for (int key = 0; log.Segments().Length < 3; key++)
        {
            Assert.True(key < 1_000 && log.TrySetAcknowledged(key, Noise.Of(key, 100)));
        }

        CacheLogStatistics statistics = log.Log.Statistics;
        Assert.Equal((3, 0), (statistics.LiveSegments, statistics.PendingBytes));
        AssertMeasured("fastcache.log.size", ("dotnet.cache.name=orders", statistics.Length));
        AssertMeasured("fastcache.log.segments", ("dotnet.cache.name=orders", 3));
        AssertMeasured("fastcache.log.records", ("dotnet.cache.name=orders", statistics.Records));
        AssertMeasured("fastcache.log.written", ("dotnet.cache.name=orders", statistics.StoredBytes));
        AssertMeasured("fastcache.log.pending", ("dotnet.cache.name=orders", 0));
        AssertMeasured("fastcache.log.forgotten", ("dotnet.cache.name=orders", 0));
        Assert.True(statistics.Records > 20 && statistics.StoredBytes > 2_000);
    }

    [Fact]
    public void What_waits_to_be_written_is_measured_from_the_first_record_to_the_last()
    {
        using SmallLog log = Measured("orders", static writer => new Idle(writer)).Open();
        const int RecordLength = 110;
        log.Cache.Set(1, new string('1', 100));
        long one = log.Log.Statistics.PendingBytes;
        log.Cache.Set(2, new string('2', 100));
        log.Cache.Set(3, new string('3', 100));

        Assert.InRange(one, 100, RecordLength);
        AssertMeasured("fastcache.log.pending", ("dotnet.cache.name=orders", 3 * one));
        log.Writer!.WriteAll();
        AssertMeasured("fastcache.log.pending", ("dotnet.cache.name=orders", 0));
    }

    [Fact]
    public void Values_that_are_not_written_are_measured_by_reason()
    {
        using SmallLog log = Measured(
            "orders",
            static writer => new Idle(writer),
            static options => (options.BackPressure, options.MaxRecordSize) = (LogBackPressure.Drop, 200)).Open();
        log.Cache.Set(0, new string('x', 300));
        for (int key = 1; log.Log.Statistics.Dropped < 2; key++)
        {
            Assert.True(key < 1_000);
            log.Cache.Set(key, new string('x', 100));
        }

        AssertMeasured(
            "fastcache.log.omitted",
            ("dotnet.cache.name=orders,fastcache.log.omission.reason=no_room", 2),
            ("dotnet.cache.name=orders,fastcache.log.omission.reason=too_large", 1));
    }

    [Fact]
    public void Failures_are_measured_by_what_became_of_them_also_after_it_is_over()
    {
        using SmallLog log = Measured("orders").Open();
        bool hasFailed = false;
        log.Storage.Fault = boundary =>
        {
            bool fails = !hasFailed && boundary.Operation == StorageOperation.Sync;
            hasFailed |= fails;
            return fails ? StorageError.DeviceFailed : StorageError.None;
        };
        Assert.True(log.TrySetAcknowledged(1, "one"));
        AssertFailures(mended: 1, degraded: 0);
        AssertMeasured("fastcache.log.degraded", ("dotnet.cache.name=orders", 0));

        log.Storage.Fault = static _ => StorageError.DeviceFailed;
        Assert.False(log.TrySetAcknowledged(2, "two"));
        AssertFailures(mended: 1, degraded: 1);
        AssertMeasured("fastcache.log.degraded", ("dotnet.cache.name=orders", 1));

        log.Storage.Fault = null;
        log.Time.Advance(TimeSpan.FromMinutes(1));
        AssertFailures(mended: 1, degraded: 1);
        AssertMeasured("fastcache.log.degraded", ("dotnet.cache.name=orders", 0));
    }

    [Fact]
    public void Segments_that_are_deleted_for_want_of_room_are_measured()
    {
        using SmallLog log = Measured(
            "orders", static writer => new InlineDriver(writer, doesUpkeep: false), static options => options.MaxLogSize = 4 * SmallLog.SegmentSize).Open();
        for (int key = 0; log.Log.Statistics.ForgottenSegments < 2; key++)
        {
            Assert.True(key < 1_000 && log.TrySetAcknowledged(key, Noise.Of(key, 100)));
        }

        AssertMeasured("fastcache.log.forgotten", ("dotnet.cache.name=orders", 2));
        AssertMeasured("fastcache.log.segments", ("dotnet.cache.name=orders", log.Segments().Length));
    }

    [Fact]
    public void Logs_of_one_name_are_added_up_and_one_that_is_closed_drops_out()
    {
        using SmallLog one = Measured("orders").Open();
        using SmallLog other = Measured("orders").Open();
        long size = one.Log.Statistics.Length + other.Log.Statistics.Length;

        AssertMeasured("fastcache.log.size", ("dotnet.cache.name=orders", size));
        AssertMeasured("fastcache.log.segments", ("dotnet.cache.name=orders", 2));
        one.Stop();
        AssertMeasured("fastcache.log.segments", ("dotnet.cache.name=orders", 1));
    }

    private SmallLog Measured(
        string name, Func<LogWriter, IWriterDriver>? createDriver = null, Action<CacheLogOptions<int, string>>? configure = null)
        => new()
        {
            ConfigureCache = options => (options.Name, options.MeterFactory) = (name, _factory),
            Configure = configure ?? (static _ => { }),
            CreateDriver = createDriver ?? (static writer => new InlineDriver(writer)),
        };

    private void AssertFailures(int mended, int degraded)
        => AssertMeasured(
            "fastcache.log.failures",
            ("dotnet.cache.name=orders,fastcache.log.failure.outcome=degraded", degraded),
            ("dotnet.cache.name=orders,fastcache.log.failure.outcome=mended", mended));

    private void AssertMeasured(string instrument, params (string Tags, double Value)[] expected)
    {
        _reading.Observe();
        Assert.Equal(expected.ToDictionary(static one => one.Tags, static one => one.Value), _reading.Of(instrument));
    }

    /// <summary>Writes nothing of its own accord.</summary>
    private sealed class Idle(LogWriter writer) : IWriterDriver
    {
        public void RequestWrite()
        {
        }

        public void RequestSync()
        {
        }

        public void RequestFlush()
        {
        }

        public void RequestUpkeep()
        {
        }

        public ValueTask DisposeAsync()
        {
            writer.WriteAll();
            return ValueTask.CompletedTask;
        }
    }
}
