using System.Collections.Concurrent;
using FastCache.Persistence;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Log;

public sealed class LogEventTests : IDisposable
{
    private readonly SimulatedStorage _storage = new();
    private readonly ConcurrentQueue<CacheLogEvent> _events = [];

    public void Dispose() => _storage.Dispose();

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Every_restoring_is_told_when_it_is_over()
    {
        await Wait.LeaveRunner();
        CacheLog<int, string> log = await SimulatedLog.OpenAsync(_storage, Listen);

        Wait.Until(() => !_events.IsEmpty);

        CacheLogEvent news = Assert.Single(_events);
        Assert.Equal((CacheLogEventKind.Recovered, null), (news.Kind, news.Fault));
        Assert.Contains(_storage.Location, news.Message, StringComparison.Ordinal);
        await log.DisposeAsync();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task That_a_log_is_discarded_is_told_with_the_reason()
    {
        await Wait.LeaveRunner();
        await (await SimulatedLog.OpenAsync(_storage)).DisposeAsync();
        CacheLog<int, string> log = await SimulatedLog.OpenAsync(new SimulatedStorage(_storage.Snapshot()), options =>
        {
            Listen(options);
            options.Recovery = LogRecovery.Discard;
        });

        Wait.Until(() => _events.Count == 2);

        CacheLogEvent news = Assert.Single(_events, static news => news.Kind == CacheLogEventKind.Discarded);
        Assert.Contains(nameof(LogDiscardReason.Requested), news.Message, StringComparison.Ordinal);
        await log.DisposeAsync();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_a_listener_throws_is_its_own_affair()
    {
        await Wait.LeaveRunner();
        using var told = new Door();
        CacheLog<int, string> log = await SimulatedLog.OpenAsync(_storage, options => options.Listener = _ =>
        {
            told.Open();
            told.Pass();
            throw new InvalidTimeZoneException();
        });

        told.AwaitSomebody();

        Assert.True(await log.SetAsync(1, "one"));
        await log.DisposeAsync();
    }

    private void Listen(CacheLogOptions<int, string> options) => options.Listener = _events.Enqueue;
}
