using FastCache.Persistence;
using FastCache.Persistence.Format;
using FastCache.Persistence.Inspection;
using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.Format;
using FastCache.Tests.Persistence.Format.Golden;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Inspection;

/// <summary>Damage is found where it is, and named. That what is lost by it is told right, the tests of damaged logs check.</summary>
public sealed class DamageInspectionTests
{
    private const byte AllBits = 0xFF;
    private const string FirstSegment = "0000000000000001.seg";

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Every_byte_of_a_stopped_log_that_is_not_padding_is_looked_at()
    {
        StorageImage log = GoldenLogTests.Read("segments").Snapshot();
        new SimulatedStorage(log).List(out IReadOnlyList<string> names);
        int padding = 0;
        foreach (string name in names)
        {
            byte[] bytes = new SimulatedStorage(log).Bytes(name);
            for (int at = 0; at < bytes.Length; at++)
            {
                using var storage = new SimulatedStorage(log);
                storage.Flip(name, at, AllBits);

                LogVerification verification = Inspected.Verify(storage, _time);

                if (IsPadding(bytes, at))
                {
                    padding++;
                    Assert.True(verification.IsIntact, $"Padding of {name} at {at}: {verification}");
                    continue;
                }

                if (verification.IsIntact)
                {
                    // Behind the last record, where a writer may have been about to write: what the policy knew, of which no sequence speaks.
                    LogSegmentVerification segment = Assert.Single(verification.Segments, static segment => segment.TornBytes > 0);
                    Assert.True(segment.Name == name && at >= segment.Length - segment.TornBytes, $"{name} at {at}");
                    continue;
                }

                LogDamage damage = Assert.Single(verification.Damage);
                Assert.True(
                    damage.File == name && damage.Counts && at >= damage.Offset && at < damage.Offset + damage.Length, $"{name} at {at}: {damage}");
            }
        }

        Assert.InRange(padding, 1, 1_000);
    }

    [Fact]
    public void What_is_wrong_is_told()
    {
        Assert.Equal(LogDamageKind.SegmentHeader, KindAfter(static storage => storage.Flip(FirstSegment, 20, AllBits)));
        Assert.Equal(LogDamageKind.NoBlock, KindAfter(static storage => storage.Flip(FirstSegment, SegmentHeader.Length, AllBits)));
        Assert.Equal(
            LogDamageKind.StoredBytes, KindAfter(static storage => storage.Flip(FirstSegment, SegmentHeader.Length + BlockHeader.Length, AllBits)));
        Assert.Equal(LogDamageKind.StopMark, KindAfter(static storage => storage.Flip(StopMark.FileName, 20, AllBits)));
        Assert.Equal(LogDamageKind.Records, KindAfter(static storage => storage.AppendBlock(FirstSegment, BlockKind.Records, 100, 1, "\x09"u8)));
    }

    [Fact]
    public async Task A_codec_that_is_not_known_is_named_and_one_that_fails_too()
    {
        using var storage = new SimulatedStorage();
        var codec = new ScriptedCodec { Encoder = static (raw, _) => raw / 2 };
        await using (CacheLog<int, string> log = await SimulatedLog.OpenAsync(storage, options => options.Codec = codec, time: _time))
        {
            await log.SetAsync(1, new string('x', 200));
        }

        using var left = new SimulatedStorage(storage.Snapshot());
        LogVerification unknown = Inspected.Verify(left, _time);
        LogVerification known = LogVerifier.Verify(
            Inspected.Setup(left, _time) with { Codec = codec }, progress: null, CancellationToken.None);

        Assert.All(unknown.Damage, static damage => Assert.Equal(LogDamageKind.UnknownCodec, damage.Kind));
        Assert.All(known.Damage, static damage => Assert.Equal(LogDamageKind.Content, damage.Kind));
        Assert.Equal((2, 1), (unknown.Damage.Count, known.Damage.Count));
        Assert.True(unknown is { IsIntact: false, Missing: 1, Entries: 0 });
    }

    [Fact]
    public async Task Damage_that_an_opening_has_left_behind_does_not_count_any_more()
    {
        using SimulatedStorage storage = GoldenLogTests.Read("hole");
        Assert.False(Inspected.Verify(storage, _time).IsIntact);

        // A segment that is begun after the damage was found says so.
        CacheLog<int, string?> log = SeededLog.Open<int, string?>(storage, _time, seed: 2, static options => options.SegmentSize = 300);
        await log.SetAsync(5, "since");
        await log.SetAsync(5, new string('x', 300));
        log.Cache.Dispose();

        LogVerification verification = Inspected.Verify(storage, _time);

        Assert.True(verification is { IsIntact: true, Missing: 0, QuarantinedFiles: 1, QuarantinedBytes: 128, Entries: 3 }, $"{verification}");
        Assert.Equal([new LogDamage(FirstSegment, 256, 128, LogDamageKind.StoredBytes, Counts: false)], verification.Damage);
    }

    [Fact]
    public void Neither_does_a_gap_that_an_opening_has_passed()
    {
        using SimulatedStorage storage = GoldenLogTests.Read("killed");
        storage.EditHeader(FirstSegment, static header => header with { DurableSequence = 6 });
        storage.Flip(FirstSegment, 256, AllBits);
        Assert.True(Inspected.Verify(storage, _time) is { IsIntact: false, Missing: 2, Damage: [{ Counts: true }] });
        SeededLog.Open<int, string?>(storage, _time, seed: 2).Cache.Dispose();

        LogVerification verification = Inspected.Verify(storage, _time);

        Assert.True(verification is { IsIntact: true, Missing: 0, Entries: 2 }, $"{verification}");
        Assert.Equal([new LogDamage(FirstSegment, 256, 128, LogDamageKind.NoBlock, Counts: false)], verification.Damage);
    }

    [Fact]
    public void Nor_what_was_torn_in_a_segment_that_nobody_needs_any_more()
    {
        using SimulatedStorage storage = GoldenLogTests.Read("killed");
        int end = storage.Bytes(FirstSegment).Length;
        storage.AppendBlock(FirstSegment, BlockKind.Records, firstSequence: 7, records: 1, "\x03"u8);
        storage.Flip(FirstSegment, end + BlockHeader.Length, AllBits);
        storage.EditHeader(FirstSegment, static header => header with { DurableSequence = 6 });
        SeededLog.Open<int, string?>(storage, _time, seed: 2).Cache.Dispose();

        // The end of the process, before it has deleted what it has made superfluous.
        storage.EditHeader("0000000000000002.seg", static header => header with { FloorSequence = 7 });
        LogVerification verification = Inspected.Verify(storage, _time);

        Assert.True(verification is { IsIntact: true, Missing: 0, Entries: 0 }, $"{verification}");
        Assert.Empty(verification.Damage);
        Assert.Equal(128, verification.Segments.Sum(static segment => segment.TornBytes));
    }

    [Fact]
    public void A_block_that_is_passed_over_is_checked_too()
    {
        using SimulatedStorage storage = GoldenLogTests.Read("killed");
        int begin = storage.Bytes(FirstSegment).Length;
        storage.AppendBlock(FirstSegment, (BlockKind)200, firstSequence: 0, records: 0, "of a later version"u8);
        storage.AppendBlock(FirstSegment, BlockKind.Records, firstSequence: 7, records: 1, "\x03"u8);
        storage.EditHeader(FirstSegment, static header => header with { DurableSequence = 7 });
        Assert.True(Inspected.Verify(storage, _time) is { IsIntact: true, PassedOverBlocks: 1, Clears: 1, Entries: 0 });

        storage.Flip(FirstSegment, begin + BlockHeader.Length, AllBits);
        LogVerification verification = Inspected.Verify(storage, _time);

        Assert.True(verification is { IsIntact: false, Missing: 0 }, $"{verification}");
        Assert.Equal([new LogDamage(FirstSegment, begin, 128, LogDamageKind.StoredBytes, Counts: true)], verification.Damage);
    }

    [Fact]
    public void A_segment_of_another_log_is_passed_over()
    {
        using SimulatedStorage storage = GoldenLogTests.Read("killed");
        storage.Create("0000000000000000.seg", 0, out IStorageFile? file);
        file!.Dispose();
        byte[] foreign = storage.Bytes(FirstSegment);
        storage.Replace("0000000000000000.seg", foreign);
        storage.EditHeader("0000000000000000.seg", static header => header with { LogId = 1, SegmentId = 0 });
        storage.Flip("0000000000000000.seg", 300, AllBits);

        LogVerification verification = Inspected.Verify(storage, _time);

        Assert.True(verification is { IsIntact: true, Puts: 6, Entries: 2 }, $"{verification}");
        Assert.Equal([false, true], verification.Segments.Select(static segment => segment.BelongsToLog));
    }

    [Fact]
    public void A_log_none_of_whose_headers_can_be_read_is_reported()
    {
        using SimulatedStorage storage = GoldenLogTests.Read("killed");
        storage.Flip(FirstSegment, 20, AllBits);

        LogVerification verification = Inspected.Verify(storage, _time);

        Assert.True(verification is { IsReadable: false, IsIntact: false, LogId: 0, OldestTime: null }, $"{verification}");
        Assert.Equal(LogDamageKind.SegmentHeader, Assert.Single(verification.Damage).Kind);
    }

    [Fact]
    public void A_log_whose_first_opening_was_interrupted_is_intact_and_empty()
    {
        for (int length = 0; length < SegmentHeader.Length; length++)
        {
            using SimulatedStorage storage = GoldenLogTests.Read("killed");
            storage.Truncate(FirstSegment, length);

            LogVerification verification = Inspected.Verify(storage, _time);

            Assert.True(verification is { IsReadable: true, IsIntact: true, Damage: [], Entries: 0 }, $"{length}: {verification}");
            Assert.Equal(length, verification.Segments.Single().TornBytes);
        }
    }

    [Fact]
    public async Task A_stale_log_has_no_entries()
    {
        using SimulatedStorage storage = GoldenLogTests.Read("killed");
        storage.Create("STALE", 0, out IStorageFile? file);
        file!.Dispose();

        LogVerification verification = Inspected.Verify(storage, _time);

        Assert.True(verification is { IsStale: true, IsIntact: true, Entries: 0, Puts: 6 }, $"{verification}");
        Assert.Empty(await Inspected.EntriesAsync(storage, _time));
        Assert.DoesNotContain(await Inspected.DumpAsync(storage, _time), static record => record.Counts);
    }

    private LogDamageKind KindAfter(Action<SimulatedStorage> damage)
    {
        using SimulatedStorage storage = GoldenLogTests.Read("lz4");
        damage(storage);
        return Assert.Single(Inspected.Verify(storage, _time).Damage).Kind;
    }

    private static bool IsPadding(byte[] bytes, int at)
    {
        if (!SegmentHeader.TryRead(bytes, out SegmentHeader segment))
        {
            return false;
        }

        long offset = SegmentHeader.Length;
        while (offset < bytes.Length && BlockHeader.TryRead(bytes.AsSpan((int)offset), segment.Salt, offset, out BlockHeader block))
        {
            if (at < offset + block.TotalLength)
            {
                return at >= offset + BlockHeader.Length + block.StoredLength;
            }

            offset += block.TotalLength;
        }

        return false;
    }
}
