using FastCache.Persistence;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Writing;

/// <summary>What a value becomes in the log, whatever its serializer does.</summary>
public sealed class LogRecordTests : IDisposable
{
    private readonly SimulatedStorage _storage = new();
    private readonly ScriptedSerializer<int> _keys = new();
    private readonly ScriptedSerializer<string> _values = new();

    public void Dispose() => _storage.Dispose();

    [Fact]
    public async Task A_serializer_may_write_to_the_cache_whose_value_it_serializes()
    {
        CacheLog<int, string> log = await OpenAsync();
        _values.AfterWrite = value =>
        {
            if (value.Length < 6)
            {
                log.Cache.Set(value.Length + 1, $"{value}+");
                log.Cache.TryRemove(100 + value.Length);
            }
        };

        log.Cache.Set(1, "a");
        Assert.True(await log.SetAsync(101, "b"));
        await log.DisposeAsync();

        Dictionary<int, string> entries = await RestartedAsync();
        Assert.Equal(
            [(1, "a"), (2, "b+"), (3, "b++"), (4, "b+++"), (5, "b++++"), (6, "b+++++"), (101, "b")],
            entries.OrderBy(static entry => entry.Key).Select(static entry => (entry.Key, entry.Value)));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_serializer_that_throws_keeps_the_value_out_of_cache_and_log_and_the_next_write_is_as_ever(bool isKey, bool before)
    {
        CacheLog<int, string> log = await OpenAsync();
        log.Cache.Set(1, "old");
        log.Cache.Set(2, "old");
        Throw(isKey, before, doesThrow: true);

        Assert.Throws<InvalidTimeZoneException>(() => log.Cache.Set(1, "new"));
        Assert.Throws<InvalidTimeZoneException>(() => log.Cache.TryAdd(3, "new"));
        Assert.Throws<InvalidTimeZoneException>(() => log.Cache.TryUpdate(1, "new"));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(async () => await log.SetAsync(1, "new"));
        Assert.Equal("old", log.Cache.TryPeek(1, out string? one) ? one : null);
        Assert.False(log.Cache.ContainsKey(3));

        Throw(isKey, before, doesThrow: false);
        log.Cache.Set(2, "newer");
        await log.DisposeAsync();

        Dictionary<int, string> entries = await RestartedAsync();
        Assert.Equal([(1, "old"), (2, "newer")], entries.OrderBy(static entry => entry.Key).Select(static entry => (entry.Key, entry.Value)));
    }

    [Fact]
    public async Task A_key_that_cannot_be_serialized_is_not_removed()
    {
        CacheLog<int, string> log = await OpenAsync();
        log.Cache.Set(1, "one");
        _keys.BeforeWrite = static _ => throw new InvalidTimeZoneException();

        Assert.Throws<InvalidTimeZoneException>(() => log.Cache.TryRemove(1));
        Assert.Throws<InvalidTimeZoneException>(() => log.Cache.TryRemove(2));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(async () => await log.TryRemoveAsync(1));

        Assert.True(log.Cache.ContainsKey(1));
        _keys.BeforeWrite = null;
        Assert.True(log.Cache.TryRemove(1));
        await log.DisposeAsync();
        Assert.Empty(await RestartedAsync());
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public async Task A_key_and_its_value_may_be_as_long_as_the_largest_record_and_not_longer(int length, bool isTooLarge)
    {
        CacheLog<int, string> log = await OpenAsync(maxRecordSize: 100);
        log.Cache.Set(1, "older");
        string value = new('v', length - sizeof(int));

        Assert.True(log.Cache.Set(1, value, new EntryOptions { ExpireAfterWrite = TimeSpan.FromHours(1) }));

        Assert.Equal(value, log.Cache.TryPeek(1, out string? found) ? found : null);
        Assert.Equal(isTooLarge ? 1 : 0, log.Statistics.TooLarge);
        await log.DisposeAsync();
        Dictionary<int, string> entries = await RestartedAsync();
        Assert.Equal(isTooLarge ? [] : [value], entries.Values);
    }

    [Fact]
    public async Task A_value_that_is_too_large_is_awaited_as_the_removal_that_it_is()
    {
        CacheLog<int, string> log = await OpenAsync(maxRecordSize: 100);
        await log.SetAsync(1, "older");

        await log.SetAsync(1, new string('v', 1000));

        Assert.Empty((await SimulatedLog.RestartAsync(_storage.Snapshot().Crash(CrashPolicy.PowerCutDropAll), Configure)).Entries);
        await log.DisposeAsync();
    }

    [Fact]
    public async Task Null_is_a_value_and_no_serializer_is_asked()
    {
        CacheLog<int, string> log = await OpenAsync();
        _values.BeforeWrite = static _ => Assert.Fail("asked to write");
        _values.AfterRead = static _ => Assert.Fail("asked to read");
        log.Cache.Set(1, null!);
        await log.DisposeAsync();

        Restarted restarted = await SimulatedLog.RestartAsync(_storage.Snapshot(), Configure);

        Assert.Equal(0, restarted.Report.Faulted);
        Assert.Equal([new KeyValuePair<int, string>(1, null!)], restarted.Entries);
    }

    [Fact]
    public async Task Values_of_every_length_around_a_block_come_back()
    {
        CacheLog<int, string> log = await OpenAsync();
        for (int length = 0; length < 3 * SimulatedLog.BlockSize; length++)
        {
            log.Cache.Set(length, new string((char)('a' + (length % 26)), length));
        }

        await log.DisposeAsync();

        Dictionary<int, string> entries = await RestartedAsync();
        Assert.Equal(3 * SimulatedLog.BlockSize, entries.Count);
        Assert.All(entries, static entry => Assert.Equal(new string((char)('a' + (entry.Key % 26)), entry.Key), entry.Value));
    }

    private void Throw(bool isKey, bool before, bool doesThrow)
    {
        (_keys.BeforeWrite, _keys.AfterWrite, _values.BeforeWrite, _values.AfterWrite) = (null, null, null, null);
        switch (isKey, before, doesThrow)
        {
            case (true, true, true):
                _keys.BeforeWrite = static _ => throw new InvalidTimeZoneException();
                break;
            case (true, false, true):
                _keys.AfterWrite = static _ => throw new InvalidTimeZoneException();
                break;
            case (false, true, true):
                _values.BeforeWrite = static _ => throw new InvalidTimeZoneException();
                break;
            case (false, false, true):
                _values.AfterWrite = static _ => throw new InvalidTimeZoneException();
                break;
        }
    }

    private async Task<CacheLog<int, string>> OpenAsync(int maxRecordSize = 1 << 16)
        => await SimulatedLog.OpenAsync(_storage, options =>
        {
            Configure(options);
            options.MaxRecordSize = maxRecordSize;
        });

    private void Configure(CacheLogOptions<int, string> options)
    {
        options.KeySerializer = _keys;
        options.ValueSerializer = _values;
    }

    private async Task<Dictionary<int, string>> RestartedAsync()
        => (await SimulatedLog.RestartAsync(_storage.Snapshot(), Configure)).Entries;
}
