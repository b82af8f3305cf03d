using System.Globalization;
using FastCache.Persistence;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Log;

/// <summary>A cache that is used while its log is being restored: whatever was done to a key since it was opened wins.</summary>
public sealed class RestoreBehindTrafficTests : IDisposable
{
    private const int Threads = 4;
    private const int Keys = 8000;

    private SimulatedStorage _storage = new();
    private readonly ScriptedSerializer<string> _values = new();
    private readonly Door _door = new();
    private int _read;

    public void Dispose()
    {
        _door.Open();
        _storage.Dispose();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Reads_find_the_old_value_or_nothing_until_a_key_is_changed_and_never_the_old_one_afterwards()
    {
        await Wait.LeaveRunner();
        CacheLog<int, string> log = await ReopenAsync();

        // Half of the changes are made in the middle of the restoring, the other half beside it.
        using var half = new Barrier(Threads, _ => _door.Open());
        string?[] expected = new string?[Keys];
        Crew.Run(Threads, thread =>
        {
            for (int key = thread; key < Keys; key += Threads)
            {
                if (key - thread == Keys / 2)
                {
                    half.SignalAndWait();
                }

                AssertFound(log, key, OldValue(key), mayBeAbsent: true);
                expected[key] = Change(log, key);
                int earlier = thread + ((key - thread) / 2 / Threads * Threads);
                AssertFound(log, key, expected[key], mayBeAbsent: key % 4 == 3);
                AssertFound(log, earlier, expected[earlier], mayBeAbsent: earlier % 4 == 3);
            }
        });
        RecoveryReport report = await log.Restored;

        Assert.Equal(Keys, report.Restored + report.Outdated);
        Assert.InRange(report.Outdated, Keys / 8, Keys);
        Assert.InRange(report.Restored, Keys / 4, Keys);
        Assert.All(Enumerable.Range(0, Keys), key => AssertFound(log, key, expected[key], mayBeAbsent: false));
        await log.DisposeAsync();
        Dictionary<int, string> entries = (await RestartAsync()).Entries;
        Assert.All(Enumerable.Range(0, Keys), key => Assert.Equal(expected[key], entries.GetValueOrDefault(key)));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task After_a_clear_nothing_old_is_found_and_nothing_comes_back()
    {
        await Wait.LeaveRunner();
        CacheLog<int, string> log = await ReopenAsync();
        log.Cache.Set(1, "new");

        log.Cache.Clear();
        log.Cache.Set(2, "newer");
        Assert.Equal([new KeyValuePair<int, string>(2, "newer")], log.Cache);
        _door.Open();
        await log.Restored;

        Assert.Equal([new KeyValuePair<int, string>(2, "newer")], log.Cache);
        await log.DisposeAsync();
        Assert.Equal([new KeyValuePair<int, string>(2, "newer")], (await RestartAsync()).Entries);
    }

    private static string OldValue(int key) => string.Create(CultureInfo.InvariantCulture, $"old {key}");

    /// <summary>Changes a key in one of four ways; what there must be afterwards, for the last way once it is restored.</summary>
    private static string? Change(CacheLog<int, string> log, int key)
    {
        switch (key % 4)
        {
            case 0:
                log.Cache.Set(key, $"new {key}");
                return $"new {key}";
            case 1:
                log.Cache.TryRemove(key);
                return null;
            case 2:
                return log.Cache.GetOrAdd(key, static key => $"loaded {key}");
            default:
                return OldValue(key);
        }
    }

    private static void AssertFound(CacheLog<int, string> log, int key, string? expected, bool mayBeAbsent)
    {
        bool isFound = log.Cache.TryGet(key, out string? value);
        Assert.True(
            isFound ? value == expected : mayBeAbsent || expected is null,
            $"Key {key} has the value '{value ?? "none"}' instead of '{expected ?? "none"}'.");
    }

    /// <summary>Fills a log and opens it again: its restoring stops at the door when a quarter is done.</summary>
    private async Task<CacheLog<int, string>> ReopenAsync()
    {
        using var first = new SimulatedStorage();
        await using (CacheLog<int, string> log = await SimulatedLog.OpenAsync(first, Configure))
        {
            for (int key = 0; key < Keys; key++)
            {
                log.Cache.Set(key, OldValue(key));
            }
        }

        _values.AfterRead = _ =>
        {
            if (Interlocked.Increment(ref _read) == Keys / 4)
            {
                _door.Pass();
            }
        };
        _storage = new SimulatedStorage(first.Snapshot());
        CacheLog<int, string> reopened = await SimulatedLog.OpenAsync(_storage, Configure, hasThreads: true);
        _door.AwaitSomebody();
        return reopened;
    }

    private Task<Restarted> RestartAsync()
    {
        _values.AfterRead = null;
        return SimulatedLog.RestartAsync(_storage.Snapshot(), Configure);
    }

    private void Configure(CacheLogOptions<int, string> options)
    {
        options.ValueSerializer = _values;
        options.MaxStagedBytes = 1 << 20;
    }
}
