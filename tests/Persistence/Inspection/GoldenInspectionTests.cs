using FastCache.Persistence;
using FastCache.Persistence.Format;
using FastCache.Tests.Persistence.Format.Golden;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Inspection;

/// <summary>The logs that are kept, looked at.</summary>
public sealed class GoldenInspectionTests
{
    private readonly ManualTimeProvider _time = new();

    public static TheoryData<string> Readable
        => [.. GoldenLogs.All.Where(static golden => golden.Contents is not null).Select(static golden => golden.Name)];

    [Theory]
    [MemberData(nameof(Readable))]
    public async Task It_is_seen_as_an_opening_sees_it(string name)
    {
        GoldenLog golden = GoldenLogs.All.Single(golden => golden.Name == name);
        using SimulatedStorage storage = GoldenLogTests.Read(name);
        _time.Advance(golden.ReadAt);

        LogVerification verification = Inspected.Verify(storage, _time);
        List<LogEntry<int, string?>> entries = await Inspected.EntriesAsync(storage, _time);
        List<LogDumpRecord> records = await Inspected.DumpAsync(storage, _time);

        Inspected.AssertAgree(verification, golden.Report);
        Assert.True(verification is { IsReadable: true, IsWritable: true, IsStale: false, QuarantinedFiles: 0 });
        Assert.Equal(golden.Report.Missing == 0, verification.IsIntact);
        Assert.Equal(golden.Contents!, entries.Select(static entry => (entry.Key, entry.Value)).OrderBy(static entry => entry.Key));
        Assert.Equal(entries.Select(static entry => entry.Sequence).OrderDescending(), entries.Select(static entry => entry.Sequence));
        Assert.Equal(
            entries.Select(static entry => entry.Sequence).Order(),
            records.Where(static record => record.Counts).Select(static record => record.Sequence));
        Assert.Equal(verification.Puts + verification.Removes + verification.BulkRemoves + verification.Clears, records.Count);
        Assert.Equal(records.Count, verification.Segments.Sum(static segment => segment.Records));
        Assert.Equal(0, storage.Boundaries);
    }

    [Fact]
    public void Blocks_of_a_later_version_are_passed_over_and_counted()
    {
        LogVerification verification = Inspected.Verify(GoldenLogTests.Read("ignorable"), _time);

        Assert.True(verification is { IsIntact: true, PassedOverBlocks: 2, Entries: 2 }, $"{verification}");
    }

    [Fact]
    public async Task A_log_that_a_later_version_alone_can_read_is_reported_and_not_read()
    {
        using SimulatedStorage storage = GoldenLogTests.Read("incompatible");

        LogVerification verification = Inspected.Verify(storage, _time);

        Assert.True(
            verification is
            {
                IsReadable: false, IsWritable: false, IsIntact: false, IncompatibleFeatures: 0x8000_0000, LogId: not 0, Entries: 0, Damage: [],
            },
            $"{verification}");
        Assert.Equal(storage.Bytes(verification.Segments.Single().Name).Length, verification.Segments.Single().Length);
        await Assert.ThrowsAsync<CacheLogException>(() => Inspected.EntriesAsync(storage, _time));
        await Assert.ThrowsAsync<CacheLogException>(() => Inspected.DumpAsync(storage, _time));
    }

    [Fact]
    public async Task A_log_that_a_later_version_alone_may_write_is_read()
    {
        using SimulatedStorage storage = GoldenLogTests.Read("read-only");

        LogVerification verification = Inspected.Verify(storage, _time);

        Assert.True(
            verification is { IsReadable: true, IsWritable: false, IsIntact: true, ReadOnlyCompatibleFeatures: 0x8000_0000, Entries: 2 },
            $"{verification}");
        Assert.Equal(2, (await Inspected.EntriesAsync(storage, _time)).Count);
    }

    [Fact]
    public void What_is_damaged_is_named()
    {
        LogVerification verification = Inspected.Verify(GoldenLogTests.Read("hole"), _time);

        Assert.Equal([new LogDamage("0000000000000001.seg", 256, 128, LogDamageKind.StoredBytes, Counts: true)], verification.Damage);
        Assert.Equal(verification.Damage, verification.Segments.Single().Damage);
    }

    [Fact]
    public void A_torn_end_is_no_damage()
    {
        foreach ((string name, long torn) in ((string, long)[])[("cut", 64), ("torn", 128)])
        {
            LogVerification verification = Inspected.Verify(GoldenLogTests.Read(name), _time);

            Assert.True(verification is { IsIntact: true, Damage: [] }, $"{verification}");
            Assert.Equal(torn, verification.Segments.Single().TornBytes);
        }
    }

    [Fact]
    public void Totals_are_those_of_the_headers()
    {
        LogVerification verification = Inspected.Verify(GoldenLogTests.Read("operations"), _time);

        Assert.True(verification is { Puts: 7, Removes: 2, Clears: 1, RawBytes: 122, StoredBytes: > 0 and <= 122 }, $"{verification}");
        Assert.True(verification is { FloorSequence: 1, LastSequence: 10, DurableSequence: 10 }, $"{verification}");
        Assert.True(
            verification.Segments is [{ Name: "0000000000000001.seg", BelongsToLog: true, Blocks: 1, Records: 10, FirstSequence: 1, LastSequence: 10 }],
            $"{verification.Segments[0]}");
        Assert.Equal(Fingerprint.Of(LogSerializer.TryGetForKeys(out ILogSerializer<int>? keys) ? keys.Format : ""), verification.KeyFormat);
        Assert.Equal(_time.GetUtcNow(), verification.OldestTime);
        Assert.Equal(_time.GetUtcNow(), verification.NewestTime);
        Assert.Equal(1, verification.BlocksByCodec.Values.Sum());
    }
}
