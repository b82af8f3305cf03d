using FastCache.Persistence;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Writing;

/// <summary>A restart neither prolongs a life nor cuts it short.</summary>
public sealed class LoggedLifetimeTests : IDisposable
{
    private readonly SimulatedStorage _storage = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _storage.Dispose();

    [Fact]
    public async Task A_value_expires_when_it_would_have_without_the_restart()
    {
        await using CacheLog<int, string> log = await RestartedWithAsync(
            new EntryOptions { ExpireAfterWrite = TimeSpan.FromMinutes(10) }, TimeSpan.FromMinutes(9));

        Assert.Equal(TimeSpan.FromMinutes(1), log.Cache.TimeToLive(1));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.True(log.Cache.TryPeek(1, out _));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(log.Cache.TryPeek(1, out _));
    }

    [Fact]
    public async Task A_value_that_has_expired_meanwhile_does_not_come_back()
    {
        await using CacheLog<int, string> log = await RestartedWithAsync(
            new EntryOptions { ExpireAfterWrite = TimeSpan.FromMinutes(10) }, TimeSpan.FromMinutes(10));

        Assert.Equal(1, (await log.Restored).Expired);
        Assert.False(log.Cache.ContainsKey(1));
    }

    [Fact]
    public async Task An_idle_limit_is_kept_and_coming_back_is_an_access()
    {
        await using CacheLog<int, string> log = await RestartedWithAsync(
            new EntryOptions { ExpireAfterAccess = TimeSpan.FromMinutes(10) }, TimeSpan.FromMinutes(9));

        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.True(log.Cache.TryGet(1, out _));
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.True(log.Cache.TryPeek(1, out _));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(log.Cache.TryPeek(1, out _));
    }

    [Fact]
    public async Task A_value_that_was_idle_too_long_meanwhile_does_not_come_back()
    {
        await using CacheLog<int, string> log = await RestartedWithAsync(
            new EntryOptions { ExpireAfterAccess = TimeSpan.FromMinutes(10) }, TimeSpan.FromMinutes(10));

        Assert.False(log.Cache.ContainsKey(1));
    }

    [Fact]
    public async Task A_later_value_without_end_does_not_inherit_that_of_the_earlier_one()
    {
        CacheLog<int, string> log = await SimulatedLog.OpenAsync(_storage, time: _time);
        log.Cache.Set(1, "brief", new EntryOptions { ExpireAfterWrite = TimeSpan.FromMinutes(1) });
        log.Cache.TryRemove(1);
        log.Cache.Set(1, "for ever");
        await log.DisposeAsync();
        _time.Advance(TimeSpan.FromDays(1));

        Restarted restarted = await SimulatedLog.RestartAsync(_storage.Snapshot(), time: _time);

        Assert.Equal("for ever", restarted.Entries[1]);
    }

    private async Task<CacheLog<int, string>> RestartedWithAsync(EntryOptions options, TimeSpan meanwhile)
    {
        CacheLog<int, string> log = await SimulatedLog.OpenAsync(_storage, time: _time);
        log.Cache.Set(1, "one", options);
        await log.DisposeAsync();
        _time.Advance(meanwhile);
        CacheLog<int, string> reopened = await SimulatedLog.OpenAsync(new SimulatedStorage(_storage.Snapshot()), time: _time);
        await reopened.Restored;
        return reopened;
    }
}
