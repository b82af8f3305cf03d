using System.Globalization;
using FastCache.Bench.Reporting;
using FastCache.Persistence;

namespace FastCache.Bench.Log;

/// <summary>Writes what a verification has found: for people, or as one object for the log, each segment and each damage.</summary>
internal sealed class LogVerificationText(Report report)
{
    private const int LabelWidth = 14;

    public void Write(LogVerification log)
    {
        WriteObject(log);
        report.Heading($"Log in {log.Directory}");
        report.Line(VerdictOf(log));
        report.Line();
        if (log.Segments.Count == 0)
        {
            return;
        }

        Row("segments", Invariant($"{log.Segments.Count}, of {log.Segments.Sum(static segment => segment.Length)} bytes"));
        Row("log", Invariant($"id {log.LogId:X16}, keys {log.KeyFormat:X16}, values {log.ValueFormat:X16}"));
        Row("features", Invariant($"compatible {log.CompatibleFeatures:X}, read-only {log.ReadOnlyCompatibleFeatures:X}, incompatible {log.IncompatibleFeatures:X}"));
        Row("written", Invariant($"from {log.OldestTime:u} to {log.NewestTime:u}"));
        Row("state", $"{(log.WasStopped ? "stopped in order" : "open, or not stopped in order")}{(log.IsStale ? ", stale: an opening discards it" : "")}");
        if (log.IsReadable)
        {
            WriteContents(log);
        }

        WriteSegments(log);
        WriteDamage(log);
    }

    private static string VerdictOf(LogVerification log)
        => log switch
        {
            { Segments.Count: 0 } => "There is no log.",
            { IsReadable: false, LogId: 0 } => "It cannot be read: no segment has a header that is whole.",
            { IsReadable: false } => "It cannot be read: a later version wrote it.",
            { IsIntact: true, IsWritable: false } => "It is intact; this version may read it, but not open it.",
            { IsIntact: true } => "It is intact.",
            _ => "It is damaged.",
        };

    private void WriteContents(LogVerification log)
    {
        string codecs = string.Join(", ", log.BlocksByCodec.OrderBy(static codec => codec.Key).Select(static codec => Invariant($"{codec.Value} {CodecName(codec.Key)}")));
        Row("entries", Invariant($"{log.Entries} would come back, {log.Expired} have expired"));
        Row("records", Invariant($"{log.Puts} puts, {log.Removes} removes, {log.BulkRemoves} removes by tag or pattern, {log.Clears} clears; {log.Superseded} superseded"));
        Row("left out", Invariant($"{log.Missing} missing, {log.Doubtful} doubtful, {log.Torn} torn"));
        Row("sequences", Invariant($"from {log.FloorSequence} to {log.LastSequence}, durable to {log.DurableSequence}"));
        Row("blocks", Invariant($"{codecs}; {log.PassedOverBlocks} passed over"));
        Row("bytes", Invariant($"{log.RawBytes} of records, stored as {log.StoredBytes}"));
        Row("put aside", Invariant($"{log.QuarantinedFiles} files of {log.QuarantinedBytes} bytes"));
    }

    private void WriteSegments(LogVerification log)
    {
        report.Line();
        TextTable table = new(
            report,
            new Column("segment", 20, IsText: true),
            new Column("bytes", 11),
            new Column("blocks", 7),
            new Column("records", 9),
            new Column("first", 10),
            new Column("last", 10),
            new Column("torn", 7),
            new Column("damaged", 8));
        table.WriteHeader();
        foreach (LogSegmentVerification segment in log.Segments)
        {
            table.Row(
                segment.Name,
                Invariant($"{segment.Length}"),
                Invariant($"{segment.Blocks}"),
                Invariant($"{segment.Records}"),
                Invariant($"{segment.FirstSequence}"),
                Invariant($"{segment.LastSequence}"),
                Invariant($"{segment.TornBytes}"),
                Invariant($"{segment.Damage.Count}"));
            report.Add(new Measurement
            {
                { "kind", "segment" },
                { "name", segment.Name },
                { "bytes", segment.Length },
                { "belongs", segment.BelongsToLog },
                { "blocks", segment.Blocks },
                { "records", segment.Records },
                { "first", (long)segment.FirstSequence },
                { "last", (long)segment.LastSequence },
                { "torn_bytes", segment.TornBytes },
            });
        }
    }

    private void WriteDamage(LogVerification log)
    {
        if (log.Damage.Count == 0)
        {
            return;
        }

        report.Line();
        TextTable table = new(
            report,
            new Column("damage in", 20, IsText: true),
            new Column("offset", 11),
            new Column("bytes", 11),
            new Column("what", 13, IsText: true),
            new Column("counts", 6, IsText: true));
        table.WriteHeader();
        foreach (LogDamage damage in log.Damage)
        {
            table.Row(damage.File, Invariant($"{damage.Offset}"), Invariant($"{damage.Length}"), $"{damage.Kind}", damage.Counts ? "yes" : "no");
            report.Add(new Measurement
            {
                { "kind", "damage" },
                { "file", damage.File },
                { "offset", damage.Offset },
                { "bytes", damage.Length },
                { "what", $"{damage.Kind}" },
                { "counts", damage.Counts },
            });
        }
    }

    private void WriteObject(LogVerification log)
        => report.Add(new Measurement
        {
            { "kind", "log" },
            { "directory", log.Directory },
            { "readable", log.IsReadable },
            { "writable", log.IsWritable },
            { "intact", log.IsIntact },
            { "stopped", log.WasStopped },
            { "stale", log.IsStale },
            { "segments", log.Segments.Count },
            { "bytes", log.Segments.Sum(static segment => segment.Length) },
            { "entries", log.Entries },
            { "expired", log.Expired },
            { "superseded", log.Superseded },
            { "puts", log.Puts },
            { "removes", log.Removes },
            { "bulk_removes", log.BulkRemoves },
            { "clears", log.Clears },
            { "missing", log.Missing },
            { "doubtful", log.Doubtful },
            { "torn", log.Torn },
            { "floor", (long)log.FloorSequence },
            { "last", (long)log.LastSequence },
            { "durable", (long)log.DurableSequence },
            { "passed_over", log.PassedOverBlocks },
            { "raw_bytes", log.RawBytes },
            { "stored_bytes", log.StoredBytes },
            { "quarantined_files", log.QuarantinedFiles },
            { "quarantined_bytes", log.QuarantinedBytes },
        });

    private static string CodecName(byte codec) => codec switch { 0 => "stored as they are", 1 => "LZ4", _ => Invariant($"codec {codec}") };

    private void Row(string label, string text) => report.Line(label.PadRight(LabelWidth) + text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
