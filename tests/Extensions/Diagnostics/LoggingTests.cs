using FastCache.Extensions;
using FastCache.Extensions.Registration;
using FastCache.Persistence;
using FastCache.Tests.Persistence.Storage;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FastCache.Tests.Extensions.Diagnostics;

/// <summary>What an application reads in its log of its caches.</summary>
public sealed class LoggingTests : IDisposable
{
    private static readonly CacheLabel Orders = new("orders", CacheLabel.DistributedKind);

    private readonly TemporaryDirectory _directory = new();
    private readonly ListedLogger _logger = new();

    private string[] Messages => [.. _logger.Entries.Select(static entry => $"{entry.Id.Id} {entry.Level}: {entry.Message}")];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Caches_that_are_made_are_named_with_their_limits_and_those_that_are_switched_off_too()
    {
        using ServiceProvider provider = Services()
            .AddFastCache("off", static options => options.Enabled = false)
            .AddFastCache<string, int>(static options => options.Capacity = 7)
            .BuildServiceProvider();
        IFastCacheProvider caches = provider.GetRequiredService<IFastCacheProvider>();
        provider.GetRequiredService<Cache<string, int>>();
        provider.GetRequiredService<Cache<string, int>>();
        caches.GetCache<long, byte[]>("pictures");
        caches.GetMemoryCache("memory");
        caches.GetMemoryCache("off");
        caches.GetDistributedCache("distributed");
        caches.GetDistributedCache("off");

        Assert.Equal(
        [
            "2101 Debug: Made Cache<String, Int32> with a limit of 7 entries.",
            "2101 Debug: Made Cache<Int64, Byte[]> 'pictures' with a limit of 100000 entries.",
            "2101 Debug: Made IMemoryCache 'memory' with a limit of 100000 entries.",
            "2102 Information: IMemoryCache 'off' is switched off by its settings, and stays empty.",
            "2101 Debug: Made IDistributedCache 'distributed' with a limit of 100000 entries.",
            "2102 Information: IDistributedCache 'off' is switched off by its settings, and stays empty.",
        ], Messages);
        Assert.Contains("FastCache.Caches", _logger.Categories);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_log_is_reported_when_it_has_been_restored_and_when_it_has_been_closed()
    {
        await Wait.LeaveRunner();
        await UseAsync(static cache => cache.SetString("secret key", "secret value"));
        await UseAsync(static _ => { });

        string[] messages = [.. Messages.Where(static message => message.StartsWith("22", StringComparison.Ordinal))];
        Assert.Equal(4, messages.Length);
        Assert.StartsWith($"2201 Information: The log of IDistributedCache 'orders' in {_directory["orders"]} has brought back 0 entries", messages[0], StringComparison.Ordinal);
        Assert.StartsWith($"2209 Information: The log of IDistributedCache 'orders' in {_directory["orders"]} was brought to the disk and closed: 1 records", messages[1], StringComparison.Ordinal);
        Assert.Contains("has brought back 1 entries", messages[2], StringComparison.Ordinal);
        Assert.Contains("Stopped in order: True", messages[2], StringComparison.Ordinal);
        Assert.Contains("closed: 0 records", messages[3], StringComparison.Ordinal);
        Assert.All(messages, static message => Assert.DoesNotContain("secret", message, StringComparison.Ordinal));
        Assert.Contains("FastCache.Logs", _logger.Categories);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_log_that_cannot_be_read_any_more_is_reported_as_discarded()
    {
        await Wait.LeaveRunner();
        await UseAsync(static cache => cache.SetString("key", "value"));
        foreach (string file in Directory.GetFiles(_directory["orders"], "*.seg"))
        {
            await File.WriteAllBytesAsync(file, new byte[100]);
        }

        await UseAsync(static _ => { });

        Assert.Contains($"2203 Warning: The log of IDistributedCache 'orders' in {_directory["orders"]} was discarded: Unreadable. The cache begins empty.", Messages);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task The_applications_own_listener_hears_of_a_log_too()
    {
        await Wait.LeaveRunner();
        var heard = new TaskCompletionSource<CacheLogEventKind>();
        await using ServiceProvider provider = Services()
            .AddFastCache<string, string>("names", configureLog: options =>
                (options.Directory, options.Listener) = (_directory["names"], news => heard.TrySetResult(news.Kind)))
            .BuildServiceProvider();

        provider.GetRequiredKeyedService<Cache<string, string>>("names");

        Assert.Equal(CacheLogEventKind.Recovered, await heard.Task);
    }

    [Theory]
    [InlineData(CacheLogEventKind.Mended, 2205, LogLevel.Warning)]
    [InlineData(CacheLogEventKind.Forgotten, 2206, LogLevel.Warning)]
    [InlineData(CacheLogEventKind.Degraded, 2207, LogLevel.Error)]
    [InlineData(CacheLogEventKind.Resumed, 2208, LogLevel.Warning)]
    public void What_happens_to_a_log_while_it_runs_is_one_message_each_with_its_cause(CacheLogEventKind kind, int id, LogLevel level)
    {
        Exception? fault = kind is CacheLogEventKind.Mended or CacheLogEventKind.Degraded ? new IOException("the disk") : null;

        Reporter().Hear(new CacheLogEvent(kind, "in words", fault));

        var entry = Assert.Single(_logger.Entries);
        Assert.Equal((id, level), (entry.Id.Id, entry.Level));
        Assert.Same(fault, entry.Exception);
        Assert.Contains("IDistributedCache 'orders' in /data/orders", entry.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CacheLogEventKind.Recovered)]
    [InlineData(CacheLogEventKind.Quarantined)]
    [InlineData(CacheLogEventKind.Discarded)]
    public void What_the_report_says_is_not_said_twice(CacheLogEventKind kind)
    {
        Reporter().Hear(new CacheLogEvent(kind, "in words", Fault: null));

        Assert.Empty(_logger.Entries);
    }

    [Fact]
    public async Task Damage_is_reported_before_what_was_brought_back_and_a_restoring_that_fails_with_its_cause()
    {
        var report = new RecoveryReport { Missing = 3, Doubtful = 40, Quarantined = 1, Restored = 5, Read = 9, Torn = 2, Expired = 1 };
        var fault = new IOException("the disk");

        await Reporter().ReportAsync(Task.FromResult(report));
        await Reporter().ReportAsync(Task.FromException<RecoveryReport>(fault));

        Assert.Equal(
        [
            "2202 Warning: In the log of IDistributedCache 'orders' in /data/orders, 3 durable records cannot be read. 40 older ones were left out, and 1 files put aside.",
            "2201 Information: The log of IDistributedCache 'orders' in /data/orders has brought back 5 entries in 00:00:00, of 9 records read. "
                + "Stopped in order: False; expired: 1; never durable: 2.",
            "2204 Error: What is in the log of IDistributedCache 'orders' in /data/orders could not be brought back.",
        ], Messages);
        Assert.Same(fault, _logger.Entries[^1].Exception);
    }

    [Fact]
    public void A_log_that_is_closed_when_it_has_failed_says_so()
    {
        var fault = new CacheLogException("the disk", null);

        Reporter().Close(new CacheLogStatistics { Fault = fault });

        var entry = Assert.Single(_logger.Entries);
        Assert.Equal((2210, LogLevel.Error), (entry.Id.Id, entry.Level));
        Assert.Same(fault, entry.Exception);
    }

    private LogReporter Reporter() => new(Orders, "/data/orders", _logger);

    private IServiceCollection Services() => new ServiceCollection().AddSingleton<ILoggerFactory>(_logger).AddFastCache();

    private async Task UseAsync(Action<IDistributedCache> use)
    {
        await using ServiceProvider provider = Services()
            .AddFastCacheDistributedCache("orders", options => options.PersistenceDirectory = _directory.Path)
            .BuildServiceProvider();
        use(provider.GetRequiredKeyedService<IDistributedCache>("orders"));
    }
}
