using System.CommandLine;
using System.Globalization;
using FastCache.Bench.CommandLine;
using FastCache.Bench.Reporting;
using FastCache.Persistence;

namespace FastCache.Bench.Log;

/// <summary>Shows the records of a log that somebody has, which may be in use.</summary>
internal static class LogDumpCommand
{
    private const int ShownBytes = 16;

    public static Command Create()
    {
        Argument<string> directory = new("directory") { Description = "The directory of the log. Nothing in it is changed; it may be in use." };
        Option<int?> limit = CommonOptions.OptionalCount("--limit", "N", "Records that are shown. Default: all.");
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "dump",
            $"Shows the records of a log in the order in which they were written, {ShownBytes} bytes of keys and values; all with --json. " +
            $"Exit code {LogVerifyCommand.Unreadable}: it cannot be read.")
        {
            directory, limit, json,
        };
        command.SetAction((parsed, cancellationToken) => ExecuteAsync(
            new Report(parsed.GetValue(json), parsed.InvocationConfiguration.Output),
            parsed.GetValue(directory)!,
            parsed.GetValue(limit) ?? int.MaxValue,
            cancellationToken));
        return command;
    }

    private static async Task<int> ExecuteAsync(Report report, string directory, int limit, CancellationToken cancellationToken)
    {
        TextTable table = new(
            report,
            new Column("segment", 20, IsText: true),
            new Column("block", 10),
            new Column("sequence", 10),
            new Column("kind", 13, IsText: true),
            new Column("counts", 6, IsText: true),
            new Column("digest", 16, IsText: true),
            new Column("key", (2 * ShownBytes) + 1, IsText: true),
            new Column("length", 9),
            new Column("value", (2 * ShownBytes) + 1, IsText: true),
            new Column("expires", 20, IsText: true),
            new Column("tags or pattern", 20, IsText: true));
        try
        {
            table.WriteHeader();
            await foreach (LogDumpRecord record in CacheLog.DumpAsync(directory, codec: null, cancellationToken).Take(limit).WithCancellation(cancellationToken))
            {
                Write(report, table, record);
            }

            return LogVerifyCommand.Intact;
        }
        catch (CacheLogException refused)
        {
            report.Warn(refused.Message);
            return LogVerifyCommand.Unreadable;
        }
    }

    private static void Write(Report report, TextTable table, LogDumpRecord record)
    {
        DateTimeOffset? expires = record.Deadline is { } deadline && !(record.IdleEnd < deadline) ? deadline : record.IdleEnd;
        table.Row(
            record.Segment,
            record.BlockOffset.ToString(CultureInfo.InvariantCulture),
            record.Sequence.ToString(CultureInfo.InvariantCulture),
            $"{record.Kind}",
            record.Counts ? "yes" : "no",
            record.KeyDigest.ToString("X16", CultureInfo.InvariantCulture),
            Shown(record.Key),
            record.Value.Length.ToString(CultureInfo.InvariantCulture),
            record.IsNull ? "null" : Shown(record.Value),
            expires?.ToString("u", CultureInfo.InvariantCulture) ?? "",
            record.KeyPattern ?? string.Join(", ", record.Tags));
        report.Add(new Measurement
        {
            { "segment", record.Segment },
            { "block", record.BlockOffset },
            { "sequence", (long)record.Sequence },
            { "kind", $"{record.Kind}" },
            { "counts", record.Counts },
            { "digest", record.KeyDigest.ToString("X16", CultureInfo.InvariantCulture) },
            { "key", Convert.ToHexString(record.Key.Span) },
            { "value", record.IsNull ? null : Convert.ToHexString(record.Value.Span) },
            { "deadline", record.Deadline?.ToString("O", CultureInfo.InvariantCulture) },
            { "idle_limit_seconds", record.IdleLimit?.TotalSeconds },
            { "tags", string.Join(", ", record.Tags) },
            { "pattern", record.KeyPattern },
            { "idle_end", record.IdleEnd?.ToString("O", CultureInfo.InvariantCulture) },
        });
    }

    private static string Shown(ReadOnlyMemory<byte> bytes)
        => bytes.Length <= ShownBytes ? Convert.ToHexString(bytes.Span) : Convert.ToHexString(bytes.Span[..ShownBytes]) + "+";
}
