using FastCache.Persistence;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Log;

/// <summary>What a power cut leaves of a write, by the log's durability.</summary>
public sealed class DurabilityTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly SimulatedStorage _storage = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _storage.Dispose();

    [Fact]
    public async Task Waiting_for_every_write_keeps_it_through_a_power_cut_when_it_returns()
    {
        CacheLog<int, string> log = await OpenAsync(LogDurability.EveryWrite);
        log.Cache.Set(1, "one");
        Assert.Equal(["one"], await AfterAsync(CrashPolicy.PowerCutDropAll));
        log.Cache.Set(1, "other");
        Assert.Equal(["other"], await AfterAsync(CrashPolicy.PowerCutDropAll));
        log.Cache.TryAdd(2, "two");
        Assert.Equal(["other", "two"], await AfterAsync(CrashPolicy.PowerCutDropAll));
        log.Cache.TryUpdate(2, "second");
        Assert.Equal(["other", "second"], await AfterAsync(CrashPolicy.PowerCutDropAll));
        log.Cache.AddOrUpdate(2, "new", static (_, value) => $"{value}!");
        Assert.Equal(["other", "second!"], await AfterAsync(CrashPolicy.PowerCutDropAll));
        log.Cache.TryRemove(1);
        Assert.Equal(["second!"], await AfterAsync(CrashPolicy.PowerCutDropAll));
        log.Cache.Clear();
        Assert.Empty(await AfterAsync(CrashPolicy.PowerCutDropAll));
        await log.DisposeAsync();
    }

    [Fact]
    public async Task A_write_is_synced_when_the_interval_is_over()
    {
        CacheLog<int, string> log = await OpenAsync(LogDurability.Interval);
        log.Cache.Set(1, "one");
        Assert.Empty(await AfterAsync(CrashPolicy.ProcessKilled));

        _time.Advance(Interval);

        Assert.Equal(["one"], await AfterAsync(CrashPolicy.PowerCutDropAll));
        int syncs = _storage.Syncs;
        _time.Advance(10 * Interval);
        Assert.Equal(syncs, _storage.Syncs);
        await log.DisposeAsync();
    }

    [Fact]
    public async Task Without_durability_a_write_is_with_the_system_when_the_interval_is_over_and_synced_on_request()
    {
        CacheLog<int, string> log = await OpenAsync(LogDurability.None);
        log.Cache.Set(1, "one");
        Assert.Empty(await AfterAsync(CrashPolicy.ProcessKilled));

        _time.Advance(Interval);
        Assert.Equal(["one"], await AfterAsync(CrashPolicy.ProcessKilled));
        Assert.Empty(await AfterAsync(CrashPolicy.PowerCutDropAll));

        await log.FlushAsync();
        Assert.Equal(["one"], await AfterAsync(CrashPolicy.PowerCutDropAll));
        await log.DisposeAsync();
    }

    [Theory]
    [InlineData(LogDurability.Interval)]
    [InlineData(LogDurability.None)]
    public async Task What_is_awaited_is_durable_whatever_the_log_promises_of_the_rest(LogDurability durability)
    {
        CacheLog<int, string> log = await OpenAsync(durability);
        await log.SetAsync(1, "one");
        await log.SetAsync(2, "two");
        Assert.Equal(["one", "two"], await AfterAsync(CrashPolicy.PowerCutDropAll));
        Assert.True(await log.TryRemoveAsync(1));
        Assert.Equal(["two"], await AfterAsync(CrashPolicy.PowerCutDropAll));
        Assert.False(await log.TryRemoveAsync(1));
        await log.ClearAsync();
        Assert.Empty(await AfterAsync(CrashPolicy.PowerCutDropAll));
        await log.DisposeAsync();
    }

    [Fact]
    public async Task That_an_absent_key_is_absent_is_durable_too()
    {
        CacheLog<int, string> log = await OpenAsync(LogDurability.Interval);
        await log.SetAsync(1, "one", new EntryOptions { ExpireAfterWrite = TimeSpan.FromHours(1) });
        _time.Advance(TimeSpan.FromHours(2));
        _time.JumpBack(TimeSpan.FromHours(2));

        Assert.False(await log.TryRemoveAsync(1));

        Assert.Empty(await AfterAsync(CrashPolicy.PowerCutDropAll));
        await log.DisposeAsync();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Writes_during_a_sync_share_the_next_one()
    {
        await Wait.LeaveRunner();
        const int Threads = 8;
        CacheLog<int, string> log = await OpenAsync(LogDurability.EveryWrite, hasThreads: true);
        int before = _storage.Syncs;
        using var door = new Door();
        _storage.AtBoundary = boundary =>
        {
            if (boundary.Operation == StorageOperation.Sync)
            {
                door.Pass();
            }
        };
        Task first = Task.Run(() => log.Cache.Set(Threads, "value"));
        door.AwaitSomebody();
        Task others = Task.Run(() => Crew.Run(Threads - 1, thread => log.Cache.Set(thread, "value")));

        // In the cache means in the log's order: all of them are there before the first sync ends.
        Wait.Until(() => log.Cache.Count == Threads);
        Assert.False(first.IsCompleted || others.IsCompleted);
        door.Open();
        await Task.WhenAll(first, others);

        Assert.InRange(_storage.Syncs - before, 2, Threads - 1);
        Assert.Equal(Threads, (await AfterAsync(CrashPolicy.PowerCutDropAll)).Length);
        await log.DisposeAsync();
    }

    private async Task<CacheLog<int, string>> OpenAsync(LogDurability durability, bool hasThreads = false)
        => await SimulatedLog.OpenAsync(
            _storage,
            options =>
            {
                options.Durability = durability;
                options.FlushInterval = Interval;
            },
            hasThreads,
            _time);

    private async Task<string[]> AfterAsync(CrashPolicy policy)
    {
        Restarted restarted = await SimulatedLog.RestartAsync(_storage.Snapshot().Crash(policy), time: _time);
        return [.. restarted.Entries.OrderBy(static entry => entry.Key).Select(static entry => entry.Value)];
    }
}
