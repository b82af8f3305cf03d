using System.Globalization;
using FastCache.Persistence;
using FastCache.Persistence.Format;
using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Upkeep;

/// <summary>A log that is written to for long stays about as large as what its cache holds.</summary>
public sealed class CompactionTests(ITestOutputHelper output)
{
    private const int Capacity = 64;

    /// <summary>What is done to a cache for long.</summary>
    public enum Mix
    {
        FewKeys,
        NewKeys,
        Removals,
        Clears,
        Expiring,
        LongValues,
        TooMuch,
    }

    [Theory]
    [InlineData(Mix.FewKeys, 1)]
    [InlineData(Mix.FewKeys, 2)]
    [InlineData(Mix.NewKeys, 3)]
    [InlineData(Mix.Removals, 4)]
    [InlineData(Mix.Clears, 5)]
    [InlineData(Mix.Expiring, 6)]
    [InlineData(Mix.LongValues, 7)]
    [InlineData(Mix.TooMuch, 8)]
    public void The_directory_keeps_its_limit_at_every_moment_and_nothing_is_written_more_than_twice(Mix mix, int seed)
    {
        long longest = 0;
        var written = new Dictionary<int, string>();
        using SmallLog log = Open(mix);
        long limit = LimitOf(mix);
        log.Storage.AtBoundary = boundary => longest = Math.Max(longest, boundary.Before.Size);
        var random = new SplitMix(seed);
        for (int step = 0; step < 6_000; step++)
        {
            Do(log, mix, step, ref random, written);
            if (step % 1000 == 999)
            {
                Assert.True(log.TryFlush());
                Restart(log, mix, written);
            }
        }

        CacheLogStatistics statistics = log.Log.Statistics;
        output.WriteLine($"{mix}, seed {seed}: longest {longest} of {limit}; {statistics}");
        Assert.InRange(longest, 1, limit + SmallLog.SegmentSize);
        long byTheApplication = statistics.RawBytes - statistics.UpkeepBytes;
        Assert.InRange(statistics.RawBytes, byTheApplication, (2 * byTheApplication) + SmallLog.SegmentSize + (Capacity * 16));
        Assert.Equal(mix == Mix.TooMuch, statistics.ForgottenSegments > 0);
        Assert.Equal(0, statistics.UnreadableBlocks);
        log.Stop();
        Restart(log, mix, written);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_segment_of_which_everything_has_expired_goes_unread()
    {
        await Wait.LeaveRunner();
        using SmallLog log = new SmallLog().Open();
        for (int key = 0; key < Capacity; key++)
        {
            log.Cache.Set(key, Noise.Of(key, 60), new EntryOptions { ExpireAfterWrite = TimeSpan.FromSeconds(10) });
        }

        log.Time.Advance(TimeSpan.FromMinutes(1));
        Wait.Until(() => log.Cache.Count == 0);
        string[] expired = log.Segments()[..^1];
        log.Storage.ReadFault = name => expired.Contains(name)
            ? throw new InvalidOperationException($"{name} is read.")
            : StorageError.None;
        for (int step = 0; step < 400; step++)
        {
            log.Cache.Set(1000 + (step % 4), Noise.Of(step, 60), new EntryOptions { ExpireAfterWrite = TimeSpan.FromMilliseconds(1) });
            log.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.NotEmpty(expired);
        Assert.DoesNotContain(log.Segments(), expired.Contains);
        Assert.True(log.Log.Statistics.CompactedSegments > 0);
        Assert.Equal(0, log.Log.Statistics.ForgottenSegments);
    }

    [Fact]
    public void A_removed_key_does_not_come_back_when_what_removed_it_has_gone()
    {
        using SmallLog log = new SmallLog().Open();
        for (int key = 0; key < 8; key++)
        {
            log.Cache.Set(key, "removed");
        }

        for (int key = 0; key < 8; key++)
        {
            log.TryRemoveAcknowledged(key);
        }

        string first = log.Segments()[0];
        int restarts = 0;
        log.Storage.AtBoundary = boundary =>
        {
            restarts++;
            Dictionary<int, string> contents = log.ContentsOf(boundary.InFlight.Crash(CrashPolicy.PowerCutTorn, boundary.Number));
            Assert.All(contents, static entry => Assert.NotEqual("removed", entry.Value));
        };
        for (int step = 0; step < 500; step++)
        {
            log.Cache.Set(100 + (step % 5), Noise.Of(step, 60));
        }

        Assert.True(restarts > 100);
        Assert.DoesNotContain(first, log.Segments());
    }

    [Fact]
    public void A_cache_that_was_disposed_of_before_its_log_takes_nothing_along()
    {
        using SmallLog log = new SmallLog { CreateDriver = static writer => new InlineDriver(writer, doesUpkeep: false) }.Open();
        for (int step = 0; step < 1000; step++)
        {
            log.Cache.Set(step % Capacity, Noise.Of(step, 60));
        }

        Assert.True(log.TryFlush());
        Assert.True(log.Writer!.Upkeep!.IsDue);
        Dictionary<int, string> expected = log.Cache.ToDictionary(static entry => entry.Key, static entry => entry.Value);
        log.Cache.Dispose();
        log.Writer.Upkeep.Run();
        log.Writer.Upkeep.Run();
        log.Stop();

        Assert.Equal(expected, log.ContentsAfter(CrashPolicy.PowerCutDropAll));
    }

    [Fact]
    public void A_damaged_block_is_counted_and_costs_what_is_in_it()
    {
        using SmallLog log = Idle();
        string first = log.Segments()[0];
        int blocks = 0;
        foreach ((int offset, _) in SegmentBlocks.Of(log.Storage, first))
        {
            log.Storage.Flip(first, offset + BlockHeader.Length, 1);
            blocks++;
        }

        Compact(log);

        Assert.InRange(log.Log.Statistics.UnreadableBlocks, 1, blocks);
        AssertNothingWrong(log);
    }

    [Fact]
    public void A_file_that_cannot_be_read_does_not_stop_upkeep()
    {
        using SmallLog log = Idle();
        string first = log.Segments()[0];
        log.Storage.ReadFault = name => name == first ? StorageError.DeviceFailed : StorageError.None;

        Compact(log);

        Assert.DoesNotContain(first, log.Segments());
        AssertNothingWrong(log);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Code_of_the_application_that_throws_does_not_stop_upkeep(bool isSerializer)
    {
        var keys = new ScriptedSerializer<int>();
        var comparer = new Comparer();
        using SmallLog log = Idle(
            options => options.KeySerializer = keys,
            options => options.Comparer = comparer);
        string first = log.Segments()[0];
        keys.AfterRead = key => _ = isSerializer && key % 2 == 0 ? throw new InvalidTimeZoneException() : 0;
        comparer.Throws = !isSerializer;

        log.Writer!.Upkeep!.Run();
        keys.AfterRead = null;
        comparer.Throws = false;
        Compact(log);

        Assert.DoesNotContain(first, log.Segments());
        AssertNothingWrong(log);
    }

    [Fact]
    public void A_value_that_is_too_long_by_now_is_not_copied_and_does_not_come_back_old()
    {
        using SmallLog log = Idle();
        log.Stop();
        using SmallLog restarted = log.Restart(
            new SimulatedStorage(log.Storage.Snapshot()), also: static options => options.MaxRecordSize = 64);

        Compact(restarted);

        Assert.True(restarted.Log.Statistics.TooLarge > 0);
        AssertNothingWrong(restarted);
    }

    private static long LimitOf(Mix mix) => mix == Mix.TooMuch ? 4 * SmallLog.SegmentSize : 16 * SmallLog.SegmentSize;

    private static SmallLog Open(Mix mix) => new SmallLog
    {
        Configure = options => options.MaxLogSize = LimitOf(mix),
        ConfigureCache = static options => options.Capacity = Capacity,
    }.Open();

    private static void Do(SmallLog log, Mix mix, int step, ref SplitMix random, Dictionary<int, string> written)
    {
        int key = mix switch
        {
            Mix.NewKeys => step,
            Mix.FewKeys => random.Next(8),
            Mix.LongValues => random.Next(12),
            _ => random.Next(Capacity),
        };
        int length = mix switch
        {
            Mix.LongValues => random.Next(4) == 0 ? 300 + random.Next(400) : 20,
            Mix.TooMuch => 150 + random.Next(50),
            _ => random.Next(60),
        };
        string value = string.Create(CultureInfo.InvariantCulture, $"{step}:{Noise.Of(step, length)}");
        if (mix == Mix.Removals && random.Next(2) == 0)
        {
            log.Cache.TryRemove(key);
            written.Remove(key);
        }
        else if (mix == Mix.Clears && random.Next(50) == 0)
        {
            log.Cache.Clear();
            written.Clear();
        }
        else
        {
            var options = mix == Mix.Expiring ? new EntryOptions { ExpireAfterWrite = TimeSpan.FromSeconds(1 + random.Next(20)) } : default;
            log.Cache.Set(key, value, options);
            written[key] = value;
        }

        if (random.Next(20) == 0)
        {
            log.Time.Advance(TimeSpan.FromMilliseconds(500));
        }
    }

    /// <summary>What comes back is what was there, all of it unless it was too much.</summary>
    private static void Restart(SmallLog log, Mix mix, Dictionary<int, string> written)
    {
        Dictionary<int, string> contents = log.ContentsAfter(CrashPolicy.PowerCutDropAll);
        foreach ((int key, string value) in contents)
        {
            Assert.Equal(written.GetValueOrDefault(key), value);
        }

        // What is evicted is not in the log: newcomers that were not kept take the places of those that were.
        if (mix is not (Mix.TooMuch or Mix.NewKeys))
        {
            Assert.All(log.Cache, entry => Assert.True(contents.ContainsKey(entry.Key), $"{entry.Key} is absent"));
        }
    }

    /// <summary>A log of several segments with live entries in all of them, which nobody has looked after.</summary>
    private static SmallLog Idle(
        Action<CacheLogOptions<int, string>>? configure = null, Action<CacheOptions<int, string>>? configureCache = null)
    {
        SmallLog log = new SmallLog
        {
            CreateDriver = static writer => new InlineDriver(writer, doesUpkeep: false),
            Configure = configure ?? (static _ => { }),
            ConfigureCache = configureCache ?? (static _ => { }),
        }.Open();
        for (int key = 0; key < Capacity; key++)
        {
            log.Cache.Set(key, Noise.Of(key, 100));
        }

        for (int step = 0; step < 100; step++)
        {
            log.Cache.Set(0, Noise.Of(step, 100));
        }

        Assert.True(log.TryFlush());
        Assert.True(log.Writer!.Upkeep!.IsDue);
        Assert.Equal(0, log.Log.Statistics.ForgottenSegments);
        return log;
    }

    private static void Compact(SmallLog log)
    {
        for (int round = 0; round < 100; round++)
        {
            log.Writer!.Upkeep!.Run();
            log.Cache.Set(1, Noise.Of(round, 100));
            Assert.True(log.TryFlush());
        }
    }

    private static void AssertNothingWrong(SmallLog log)
    {
        Dictionary<int, string> contents = log.ContentsAfter(CrashPolicy.PowerCutDropAll);
        Assert.NotEmpty(contents);
        Assert.All(contents, entry => Assert.Equal(log.Cache.TryPeek(entry.Key, out string? value) ? value : null, entry.Value));
    }

    private sealed class Comparer : IEqualityComparer<int>
    {
        public bool Throws { get; set; }

        public bool Equals(int x, int y) => Throws ? throw new InvalidTimeZoneException() : x == y;

        public int GetHashCode(int obj) => Throws ? throw new InvalidTimeZoneException() : obj;
    }
}
