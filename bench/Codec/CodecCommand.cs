using System.CommandLine;
using FastCache.Bench.CommandLine;
using FastCache.Bench.Reporting.Html;

namespace FastCache.Bench.Codec;

internal static class CodecCommand
{
    private const int QuickRounds = 3;

    public static Command Create()
    {
        Option<int> blocks = CommonOptions.Count("--blocks", "N", "Blocks, of different contents.", 64);
        Option<int> blockSize = CommonOptions.Count("--block-size", "B", "Bytes of a block.", 64 * 1024);
        Option<int> rounds = CommonOptions.Count("--rounds", "R", "Rounds, in which each has one turn.", 11);
        Option<bool> quick = CommonOptions.Quick($"{QuickRounds} rounds.");
        ReportSwitches output = new();

        Command command = new(
            "codec",
            "What the log does with the bytes of a block: LZ4 encoding and decoding and the checksum, beside a copy of the bytes in memory " +
            "and beside a decoder that takes one byte at a time.")
        {
            blocks, blockSize, rounds, quick, output.Json, output.Html,
        };
        command.SetAction(output.Run((parsed, report) =>
        {
            report.Progress.Start(CodecRun.Steps);
            CodecRun run = new(
                report,
                parsed.GetValue(blocks),
                parsed.GetValue(blockSize),
                parsed.GetValue(quick) ? QuickRounds : parsed.GetValue(rounds));
            return run.Execute() ? 0 : 1;
        }));
        return command;
    }
}
