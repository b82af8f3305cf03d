using FastCache.Persistence;
using FastCache.Persistence.Inspection;
using FastCache.Tests.Persistence.Inspection;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Log;

/// <summary>Tags, and keys that are removed together, over restarts.</summary>
public sealed class TaggedLogTests : IDisposable
{
    // Longer than a block.
    private static readonly string LongTag = new('t', 500);

    private readonly ManualTimeProvider _time = new();
    private SimulatedStorage _storage = new();
    private CacheLog<string, string>? _log;
    private Action<CacheLogOptions<string, string>>? _configure;

    public void Dispose()
    {
        _log?.Cache.Dispose();
        _storage.Dispose();
    }

    [Fact]
    public void What_comes_back_has_its_tags()
    {
        Cache<string, string> cache = Open();
        cache.Set("1", "one", Tagged("a"));
        cache.Set("2", "two", Tagged("b", "a", LongTag));
        cache.Set("3", "three", Tagged("b"));
        cache.Set("4", "four", Tagged("\ud800"));
        cache.Set("5", "five", Tagged("\ufffd"));
        cache.Set("6", "six", Tagged(LongTag));
        cache.GetOrAdd("7", static _ => "seven", Tagged("a"));

        cache = Restart();
        Assert.Equal(7, cache.Count);
        cache.RemoveByTag("a");
        cache.RemoveByTag("\ud800");
        Assert.Equal(["3", "5", "6"], Keys(cache));

        cache = Restart();
        Assert.Equal(["3", "5", "6"], Keys(cache));
        cache.RemoveByTag(LongTag);

        Assert.Equal(["3", "5"], Keys(Restart()));
    }

    [Fact]
    public void What_a_tag_has_removed_stays_removed_and_what_came_later_stays()
    {
        Cache<string, string> cache = Open();
        cache.Set("evicted", "1", Tagged("a"));
        cache.Trim(1);
        cache.Set("removed", "2", Tagged("a"));
        cache.Set("other", "3", Tagged("b"));
        cache.Set("renewed", "4", Tagged("a"));
        cache.Set("without", "5", Tagged("a"));
        cache.Set("without", "6");

        cache.RemoveByTags("a", "nobody has it");
        cache.Set("renewed", "7", Tagged("a"));

        cache = Restart();
        Assert.Equal(["other", "renewed", "without"], Keys(cache));
        Assert.True(cache.TryGet("renewed", out string? renewed) && renewed == "7");
        Assert.True(cache.TryGet("without", out string? without) && without == "6");
    }

    [Fact]
    public void A_tag_that_has_gone_from_the_cache_is_removed_from_the_log()
    {
        Cache<string, string> cache = Open();
        cache.Set("1", "one", Tagged("a"));
        cache.Trim(1);
        Assert.Equal(0, cache.Count);

        cache.RemoveByTag("a");
        Await(_log!.FlushAsync().AsTask());

        Assert.Empty(Keys(Restart(CrashPolicy.ProcessKilled)));
    }

    [Fact]
    public void Keys_that_were_removed_by_prefix_or_pattern_stay_removed_those_that_were_evicted_too()
    {
        Cache<string, string> cache = Open();
        cache.Set("users:1:profile", "evicted");
        cache.Set("orders:1", "evicted");
        cache.Trim(2);
        cache.Set("users:2:profile", "2");
        cache.Set("users:2:photo", "3");
        cache.Set("orders:2", "4");
        cache.Set("others", "5");

        Assert.Equal(1, cache.RemoveByPattern("users:*:profile"));
        Assert.Equal(1, cache.RemoveByPrefix("orders"));
        cache.Set("orders:3", "6");
        cache.Set("users:3:profile", "7");
        Await(_log!.FlushAsync().AsTask());

        // The log of a process that is killed does not say who was in the cache.
        Assert.Equal(["orders:3", "others", "users:2:photo", "users:3:profile"], Keys(Restart(CrashPolicy.ProcessKilled)));
        Assert.Equal(["orders:3", "others", "users:2:photo", "users:3:profile"], Keys(Restart()));
    }

    [Fact]
    public void Whose_keys_only_the_application_can_read_those_cannot_be_removed_by_prefix()
    {
        Cache<string, string> cache = Open(options => options.KeySerializer = new ScriptedSerializer<string>());
        cache.Set("users:1", "one");

        NotSupportedException refused = Assert.Throws<NotSupportedException>(() => cache.RemoveByPrefix("users"));

        Assert.Contains(new ScriptedSerializer<string>().Format, refused.Message, StringComparison.Ordinal);
        Assert.True(cache.ContainsKey("users:1"));
    }

    [Fact]
    public void Tags_count_against_what_a_record_may_take()
    {
        Cache<string, string> cache = Open(static options => options.MaxRecordSize = 100);
        cache.Set("1", new string('x', 50), Tagged(new string('y', 60)));

        Assert.Equal(1, _log!.Statistics.TooLarge);
        Assert.Empty(Keys(Restart()));
    }

    [Fact]
    public void A_load_that_began_before_its_tag_was_removed_is_not_in_the_log()
    {
        Cache<string, string> cache = Open();
        cache.GetOrAdd(
            "1",
            key =>
            {
                cache.RemoveByTag("a");
                return "stale";
            },
            Tagged("a"));

        Assert.Empty(Keys(Restart()));
    }

    [Theory]
    [InlineData(LogDurability.Interval)]
    [InlineData(LogDurability.EveryWrite)]
    public void A_removal_that_was_awaited_is_durable(LogDurability durability)
    {
        Cache<string, string> cache = Open(options => options.Durability = durability);
        cache.Set("1", "one", Tagged("a"));
        cache.Set("2", "two");
        Await(_log!.FlushAsync().AsTask());

        if (durability == LogDurability.EveryWrite)
        {
            cache.RemoveByTag("a");
            cache.RemoveByPrefix("2");
        }
        else
        {
            Await(_log.RemoveByTagAsync("a").AsTask());
            cache.RemoveByPrefix("2");
            Await(_log.FlushAsync().AsTask());
        }

        Assert.Empty(Keys(Restart(CrashPolicy.PowerCutDropAll)));
    }

    [Fact]
    public void What_is_written_again_when_its_segment_goes_keeps_its_tags()
    {
        Cache<string, string> cache = Open(static options => options.SegmentSize = 700);
        cache.Set("kept", "1", Tagged("a", "b"));
        for (int number = 0; number < 500; number++)
        {
            cache.Set($"{number % 3}", Noise.Of(number, 40), Tagged("c"));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(_log!.Statistics is { Copied: > 0, CompactedSegments: > 10 }, $"{_log.Statistics}");
        cache = Restart();
        Assert.Equal(["0", "1", "2", "kept"], Keys(cache));
        cache.RemoveByTag("b");
        cache.RemoveByTag("c");
        Assert.Empty(Keys(cache));
        Assert.Empty(Keys(Restart()));
    }

    [Fact]
    public async Task Tags_and_what_was_removed_by_them_can_be_read()
    {
        Cache<string, string> cache = Open();
        cache.Set("1", "one", Tagged("a", "b"));
        cache.Set("2", "two", Tagged("c"));
        cache.RemoveByTag("a");
        cache.RemoveByPrefix("users:");
        cache.RemoveByPattern("users:*");
        await _log!.DisposeAsync();
        _storage = new SimulatedStorage(_storage.Snapshot());

        List<LogDumpRecord> records = await Inspected.DumpAsync(_storage, _time);
        LogVerification verification = Inspected.Verify(_storage, _time);
        List<LogEntry<string, string?>> entries = await Inspected.EntriesAsync<string>(_storage, _time);

        Assert.Equal(
            [LogRecordKind.Put, LogRecordKind.Put, LogRecordKind.RemoveTag, LogRecordKind.RemovePrefix, LogRecordKind.RemovePattern],
            records.Select(static record => record.Kind));
        Assert.Equal([["a", "b"], ["c"], ["a"], [], []], records.Select(static record => record.Tags));
        Assert.Equal([null, null, null, "users:", "users:*"], records.Select(static record => record.KeyPattern));
        Assert.Equal([false, true, false, false, false], records.Select(static record => record.Counts));
        Assert.Equal((1, 1, 3), (verification.Entries, verification.Superseded, verification.BulkRemoves));
        Assert.Equal(["2"], entries.Select(static entry => entry.Key));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_is_removed_while_it_is_restored_does_not_come_back()
    {
        await Wait.LeaveRunner();
        var values = new ScriptedSerializer<string>();
        Cache<string, string> cache = Open(options => options.ValueSerializer = values);
        for (int number = 0; number < 20; number++)
        {
            cache.Set($"{number}", "tagged", Tagged("a"));
            cache.Set($"users:{number}", "named");
        }

        Await(_log!.DisposeAsync().AsTask());
        using var door = new Door();
        values.AfterRead = _ => door.Pass();
        _storage = new SimulatedStorage(_storage.Snapshot());
        cache = Open(hasThreads: true);
        door.AwaitSomebody();
        cache.RemoveByTag("a");
        cache.RemoveByPrefix("users:");
        cache.Set("0", "new", Tagged("a"));
        cache.Set("users:0", "new");
        door.Open();
        RecoveryReport report = await _log.Restored;

        Assert.Equal(40, report.Outdated);
        Assert.Equal(["0", "users:0"], Keys(_log.Cache));
        await _log.DisposeAsync();
        Assert.Equal(["0", "users:0"], Keys(Restart()));
    }

    private static EntryOptions Tagged(params string[] tags) => new() { Tags = tags };

    private static string[] Keys(Cache<string, string> cache)
        => [.. cache.Select(static entry => entry.Key).Order(StringComparer.Ordinal)];

    private static void Await(Task task) => task.GetAwaiter().GetResult();

    private Cache<string, string> Open(Action<CacheLogOptions<string, string>>? configure = null, bool hasThreads = false)
    {
        _configure = configure ?? _configure;
        _log = SeededLog.Open<string, string>(_storage, _time, seed: 1, options =>
        {
            options.BlockSize = 256;
            options.SegmentSize = 1 << 20;
            options.MaxStagedBytes = 1024;
            options.CreateDriver = hasThreads ? null : options.CreateDriver;
            _configure?.Invoke(options);
        });
        return _log.Cache;
    }

    /// <summary>The cache of the next process, after an orderly stop or a crash.</summary>
    private Cache<string, string> Restart(CrashPolicy? crash = null)
    {
        if (crash is { } policy)
        {
            _log!.Cache.Dispose();
            _storage = _storage.Snapshot().Crash(policy);
        }
        else
        {
            Await(_log!.DisposeAsync().AsTask());
            _storage = new SimulatedStorage(_storage.Snapshot());
        }

        return Open();
    }
}
