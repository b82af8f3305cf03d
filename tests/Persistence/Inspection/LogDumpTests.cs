using System.Text;
using FastCache.Persistence;
using FastCache.Persistence.Format;
using FastCache.Tests.Persistence.Format.Golden;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Inspection;

public sealed class LogDumpTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Records_come_in_the_order_in_which_they_were_written()
    {
        List<LogDumpRecord> records = await Inspected.DumpAsync(GoldenLogTests.Read("operations"), _time);

        Assert.Equal(Enumerable.Range(1, 10).Select(static sequence => (ulong)sequence), records.Select(static record => record.Sequence));
        Assert.Equal(
            [
                LogRecordKind.Put, LogRecordKind.Clear, LogRecordKind.Put, LogRecordKind.Put, LogRecordKind.Put, LogRecordKind.Put,
                LogRecordKind.Put, LogRecordKind.Put, LogRecordKind.Remove, LogRecordKind.Remove,
            ],
            records.Select(static record => record.Kind));
        Assert.Equal(
            ["two", "three", "four"],
            records.Where(static record => record.Counts).Select(static record => Encoding.UTF8.GetString(record.Value.Span)));
        Assert.All(records, static record => Assert.Equal(("0000000000000001.seg", 128), (record.Segment, record.BlockOffset)));
        LogDumpRecord removed = records[8];
        Assert.Equal(KeyDigest.Of(records[7].Key.Span), removed.KeyDigest);
        Assert.Equal(0UL, records[1].KeyDigest);
    }

    [Fact]
    public async Task What_is_known_of_a_value_is_told()
    {
        List<LogDumpRecord> strange = await Inspected.DumpAsync(GoldenLogTests.Read("raw"), _time);
        List<LogDumpRecord> expiring = await Inspected.DumpAsync(GoldenLogTests.Read("expiry"), _time);

        Assert.Equal([false, false, true, false, false], strange.Select(static record => record.IsNull));
        DateTimeOffset now = _time.GetUtcNow();
        Assert.Equal(
            [null, now.AddSeconds(10), null, now.AddSeconds(30)], expiring.Select(static record => record.Deadline));
        Assert.Equal(
            [null, null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20)], expiring.Select(static record => record.IdleLimit));
        Assert.Equal([null, null, now.AddSeconds(10), now.AddSeconds(20)], expiring.Select(static record => record.IdleEnd));
    }

    [Fact]
    public async Task When_an_entry_expires_is_told()
    {
        DateTimeOffset now = _time.GetUtcNow();

        List<LogEntry<int, string?>> entries = await Inspected.EntriesAsync(GoldenLogTests.Read("expiry"), _time);

        Assert.Equal(
            [(4, now.AddSeconds(20)), (3, now.AddSeconds(10)), (2, now.AddSeconds(10)), (1, (DateTimeOffset?)null)],
            entries.Select(static entry => (entry.Key, entry.ExpiresAt)));
    }

    [Fact]
    public async Task What_has_expired_does_not_count()
    {
        _time.Advance(TimeSpan.FromSeconds(10));

        List<LogDumpRecord> records = await Inspected.DumpAsync(GoldenLogTests.Read("expiry"), _time);

        Assert.Equal([true, false, false, true], records.Select(static record => record.Counts));
    }

    [Fact]
    public async Task Damaged_blocks_are_passed_over_and_what_is_older_does_not_count()
    {
        List<LogDumpRecord> records = await Inspected.DumpAsync(GoldenLogTests.Read("hole"), _time);

        Assert.Equal([1UL, 2UL, 5UL, 6UL], records.Select(static record => record.Sequence));
        Assert.Equal([false, false, true, true], records.Select(static record => record.Counts));
    }
}
