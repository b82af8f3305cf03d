using FastCache.Persistence;
using FastCache.Persistence.Format;
using FastCache.Persistence.Upkeep;
using FastCache.Persistence.Writing;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Recovery;

/// <summary>What a restart believes of what the eviction policy knew.</summary>
public sealed class RestoredSnapshotTests
{
    private const int Keys = 64;
    private const int Hot = 8;

    [Fact]
    public void In_a_smaller_cache_the_hottest_come_back_and_the_rest_was_given_up()
    {
        using SmallLog log = Used();
        log.Stop();
        int[] hottest = [.. log.Restart(Left(log)).Cache.CollectStandings().Select(static key => key.Key).Take(16)];

        using SmallLog small = log.Restart(Left(log), static options => options.Capacity = 16);

        Assert.Equal(hottest.Order(), small.Cache.Select(static entry => entry.Key).Order());
        Assert.Equal(16, small.Report.Restored);
        Assert.All(Enumerable.Range(0, Hot), key => Assert.True(small.Cache.ContainsKey(key)));
    }

    [Fact]
    public void Order_queues_frequencies_and_window_are_as_they_were()
    {
        using SmallLog log = Used();
        var before = log.Cache.CollectStandings();
        double? window = log.Cache.WindowShare;
        log.Stop();

        using SmallLog restarted = log.Restart(Left(log));

        Assert.Equal(
            before.Select(static key => (key.Key, key.Standing)),
            restarted.Cache.CollectStandings().Select(static key => (key.Key, key.Standing)));
        Assert.Equal(window!.Value, restarted.Cache.WindowShare!.Value, tolerance: 1e-6);
    }

    // Sequences go on behind all that a snapshot speaks of; otherwise it would speak of other records.
    [Fact]
    public void A_snapshot_of_what_was_never_written_does_not_take_newer_entries_along()
    {
        using SmallLog log = new SmallLog { CreateDriver = static writer => new InlineDriver(writer, doesUpkeep: false) }.Open();
        log.TrySetAcknowledged(1, "one");

        // Appended, and not written when the power is cut.
        for (int key = 10; key < 16; key++)
        {
            log.Cache.Set(key, "lost");
        }

        WriteSnapshot(log);
        log.Writer!.Sync();
        using SmallLog second = log.Restart(log.Storage.Snapshot().Crash(CrashPolicy.PowerCutDropAll));
        Assert.Equal([1], second.Cache.Select(static entry => entry.Key));
        Assert.True(second.TrySetAcknowledged(2, "two"));
        Assert.True(second.TrySetAcknowledged(3, "three"));

        Dictionary<int, string> contents = second.ContentsAfter(CrashPolicy.PowerCutDropAll);

        Assert.Equal([1, 2, 3], contents.Keys.Order());
    }

    // Nothing was written in between: both are of the same moment of the log, but not of the cache.
    [Fact]
    public void Of_two_snapshots_of_the_same_moment_the_later_one_counts()
    {
        using SmallLog log = Used();
        log.Stop();
        using SmallLog small = log.Restart(Left(log), static options => options.Capacity = 16);
        int[] kept = [.. small.Cache.Select(static entry => entry.Key).Order()];
        small.Stop();

        using SmallLog large = log.Restart(Left(small));

        Assert.Equal(kept, large.Cache.Select(static entry => entry.Key).Order());
    }

    [Fact]
    public void What_was_written_after_it_wins()
    {
        using SmallLog log = Used();
        WriteSnapshot(log);
        log.Cache.Set(0, "newer");
        log.Cache.TryRemove(1);
        log.Cache.Set(100, "new");
        Assert.True(log.TryFlush());
        Dictionary<int, string> expected = log.Cache.ToDictionary(static entry => entry.Key, static entry => entry.Value);

        Dictionary<int, string> contents = log.ContentsAfter(CrashPolicy.PowerCutDropAll);

        Assert.Equal("newer", contents[0]);
        Assert.DoesNotContain(1, contents.Keys);
        Assert.Equal(expected, contents);
    }

    [Fact]
    public void What_was_evicted_before_it_does_not_come_back()
    {
        using SmallLog log = new SmallLog().Open();
        for (int key = 0; key < 4 * Keys; key++)
        {
            log.Cache.Set(key, "value");
        }

        log.Stop();
        using SmallLog large = log.Restart(Left(log), static options => options.Capacity = 1000);

        Assert.Equal(Keys, large.Cache.Count);
        Assert.Equal(Keys, large.Report.Restored);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void If_a_part_is_damaged_an_older_one_counts_and_everything_is_restored_without_any(int damaged)
    {
        using SmallLog log = Used();
        WriteSnapshot(log);
        log.Cache.Set(0, "newer");
        log.Stop();
        SimulatedStorage storage = Left(log);
        (string Name, int Offset)[] parts = [.. Parts(storage)];
        int perSnapshot = parts.Length / 2;
        Damage(storage, parts[damaged < 0 ? ^1 : perSnapshot + damaged]);
        using SmallLog older = log.Restart(new SimulatedStorage(storage.Snapshot()), static options => options.Capacity = 16);
        Assert.Equal(16, older.Report.Restored);
        Assert.Equal("newer", older.Cache.TryGet(0, out string? value) ? value : null);

        Damage(storage, parts[damaged < 0 ? 0 : damaged]);
        using SmallLog none = log.Restart(new SimulatedStorage(storage.Snapshot()));

        Assert.Equal(0, none.Report.GivenUp);
        Assert.Equal(Keys, none.Report.Restored);
    }

    [Fact]
    public void A_segment_that_holds_nothing_else_is_kept_and_read()
    {
        using SmallLog log = Used();
        log.Stop();
        using SmallLog idle = log.Restart(Left(log));
        int segments = idle.Segments().Length;
        idle.Stop();

        using SmallLog small = log.Restart(Left(idle), static options => options.Capacity = 16);

        Assert.Equal(16, small.Report.Restored);
        Assert.Equal(segments + 1, small.Segments().Length);
    }

    [Fact]
    public void Reading_ends_when_all_that_is_wanted_was_found()
    {
        using SmallLog log = new SmallLog { Configure = static options => options.MaxLogSize = 1 << 20 }.Open();
        for (int key = 0; key < 40 * Keys; key++)
        {
            log.Cache.Set(key % (2 * Keys), Noise.Of(key, 60));
        }

        log.Stop();
        using SmallLog restarted = log.Restart(Left(log));

        Assert.Equal(Keys, restarted.Report.Restored);
        Assert.InRange(restarted.Report.BytesRead, 1, log.Log.Statistics.RawBytes / 2);
    }

    private static SimulatedStorage Left(SmallLog log) => new(log.Storage.Snapshot());

    /// <summary>A full cache, of which some keys are read often.</summary>
    private static SmallLog Used()
    {
        // No snapshots but those that a test asks for.
        SmallLog log = new SmallLog { CreateDriver = static writer => new InlineDriver(writer, doesUpkeep: false) }.Open();
        for (int key = 0; key < Keys; key++)
        {
            log.Cache.Set(key, $"value {key}");
        }

        // The policy looks at what was read when it has to give something up.
        for (int newcomer = 0; newcomer < 4 * Keys; newcomer++)
        {
            for (int key = 0; key < Hot; key++)
            {
                log.Cache.TryGet(key, out _);
            }

            log.Cache.Set(1000 + newcomer, "passing");
        }

        Assert.True(log.TryFlush());
        return log;
    }

    private static void WriteSnapshot(SmallLog log)
    {
        PolicySnapshot snapshot = PolicySnapshot.Take(log.Cache, JournalOf(log), CancellationToken.None)!;
        log.Writer!.WriteAside(snapshot.ToBlocks(log.Writer, SmallLog.BlockSize));
    }

    private static LogJournal<int, string> JournalOf(SmallLog log)
        => new(log.Writer!, new ScriptedSerializer<int>(), new ScriptedSerializer<string>(), log.Time, 1 << 20, awaitsDurability: false);

    private static IEnumerable<(string Name, int Offset)> Parts(SimulatedStorage storage)
    {
        storage.List(out IReadOnlyList<string> names);
        return names
            .Where(static name => SegmentName.TryParse(name, out _))
            .SelectMany(name => SegmentBlocks.Of(storage, name).Where(static block => block.Header.Kind == BlockKind.Standings).Select(block => (name, block.Offset)));
    }

    private static void Damage(SimulatedStorage storage, (string Name, int Offset) part)
        => storage.Flip(part.Name, part.Offset + BlockHeader.Length, 1);
}
