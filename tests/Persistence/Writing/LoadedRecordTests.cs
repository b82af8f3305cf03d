using FastCache.Persistence;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Writing;

/// <summary>A value that is loaded goes to the log as one that is set does, and so does what its serializer throws.</summary>
public sealed class LoadedRecordTests : IDisposable
{
    private readonly SimulatedStorage _storage = new();
    private readonly ScriptedSerializer<string> _values = new();

    public void Dispose() => _storage.Dispose();

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_serializer_that_throws_fails_the_load_and_the_next_one_is_as_ever()
    {
        await Wait.LeaveRunner();
        CacheLog<int, string> log = await OpenAsync();
        _values.AfterWrite = static _ => throw new InvalidTimeZoneException();

        Assert.Throws<InvalidTimeZoneException>(() => log.Cache.GetOrAdd(1, static _ => "one"));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(
            async () => await log.Cache.GetOrAddAsync(2, static (_, _) => ValueTask.FromResult("two"), CancellationToken.None));
        Assert.Throws<InvalidTimeZoneException>(() => log.Cache.AddOrUpdate(3, "three", static (_, value) => value));
        Assert.Empty(log.Cache);

        _values.AfterWrite = null;
        Assert.Equal("first", log.Cache.GetOrAdd(1, static _ => "first"));
        Assert.Equal("second", await log.Cache.GetOrAddAsync(2, static (_, _) => ValueTask.FromResult("second"), CancellationToken.None));
        await log.DisposeAsync();

        Assert.Equal(["first", "second"], (await RestartAsync()).Entries.Values.Order());
    }

    [Fact]
    public async Task A_life_that_cannot_be_written_down_is_not_shortened()
    {
        CacheLog<int, string> log = await OpenAsync();
        log.Cache.Set(1, "one", new EntryOptions { ExpireAfterWrite = TimeSpan.FromHours(2) });
        _values.AfterWrite = static _ => throw new InvalidTimeZoneException();

        Assert.Throws<InvalidTimeZoneException>(
            () => log.Cache.TrySetExpiry(1, new EntryOptions { ExpireAfterWrite = TimeSpan.FromHours(1) }));

        Assert.Equal(TimeSpan.FromHours(2), log.Cache.TimeToLive(1));
        await log.DisposeAsync();
        Assert.Single((await RestartAsync()).Entries);
    }

    [Fact]
    public async Task Bulk_writes_and_removals_are_logged_one_by_one()
    {
        CacheLog<int, string> log = await OpenAsync();
        log.Cache.SetMany(Enumerable.Range(0, 10).Select(static key => new KeyValuePair<int, string>(key, $"{key}")));
        log.Cache.RemoveMany([1, 3, 5]);
        Assert.True(log.Cache.TryUpdate(7, "seven", "7"));
        Assert.False(log.Cache.TryUpdate(8, "eight", "other"));
        await log.DisposeAsync();

        Assert.Equal(
            ["0", "2", "4", "6", "seven", "8", "9"],
            (await RestartAsync()).Entries.OrderBy(static entry => entry.Key).Select(static entry => entry.Value));
    }

    private async Task<CacheLog<int, string>> OpenAsync() => await SimulatedLog.OpenAsync(_storage, UseScripted);

    private Task<Restarted> RestartAsync() => SimulatedLog.RestartAsync(_storage.Snapshot(), UseScripted);

    private void UseScripted(CacheLogOptions<int, string> options) => options.ValueSerializer = _values;
}
