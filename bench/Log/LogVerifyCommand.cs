using System.CommandLine;
using FastCache.Bench.CommandLine;
using FastCache.Bench.Reporting;
using FastCache.Persistence;

namespace FastCache.Bench.Log;

/// <summary>Looks at a log that somebody has, which may be in use.</summary>
internal static class LogVerifyCommand
{
    public const int Intact = 0;
    public const int Damaged = 1;
    public const int Unreadable = 2;

    public static Command Create()
    {
        Argument<string> directory = new("directory") { Description = "The directory of the log. Nothing in it is changed; it may be in use." };
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "verify",
            $"Reads all of a log and tells what is in it and whether it is whole. Exit code {Intact}: intact, {Damaged}: damaged, " +
            $"{Unreadable}: it cannot be read.")
        {
            directory, json,
        };
        command.SetAction((parsed, cancellationToken) => ExecuteAsync(
            new Report(parsed.GetValue(json), parsed.InvocationConfiguration.Output), parsed.GetValue(directory)!, cancellationToken));
        return command;
    }

    private static async Task<int> ExecuteAsync(Report report, string directory, CancellationToken cancellationToken)
    {
        LogVerification verification;
        try
        {
            verification = await CacheLog.VerifyAsync(directory, codec: null, new Shown(report.Progress), cancellationToken);
        }
        catch (CacheLogException refused)
        {
            report.Warn(refused.Message);
            return Unreadable;
        }

        new LogVerificationText(report).Write(verification);
        return !verification.IsReadable || verification.Segments.Count == 0 ? Unreadable : verification.IsIntact ? Intact : Damaged;
    }

    /// <summary>Shows it on the thread that reads: it is one line, and what comes later must not be overwritten by what came before.</summary>
    private sealed class Shown(Progress progress) : IProgress<LogVerificationProgress>
    {
        public void Report(LogVerificationProgress value)
            => progress.Show($"{Format.Share((double)value.BytesRead / Math.Max(1, value.TotalBytes))} {value.Segment}");
    }
}
