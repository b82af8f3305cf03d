using System.Diagnostics;
using System.Text;

namespace FastCache.Mutants;

/// <summary>Runs programs and gathers what they print.</summary>
internal static class Shell
{
    public static ShellResult Run(string folder, TimeSpan limit, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += Gather;
        process.ErrorDataReceived += Gather;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        bool isInTime = process.WaitForExit(limit);
        if (!isInTime)
        {
            process.Kill(entireProcessTree: true);
        }

        // Once more: the rest of the output.
        process.WaitForExit();
        lock (output)
        {
            return new ShellResult(isInTime ? process.ExitCode : null, output.ToString());
        }

        void Gather(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.Append(line.Data).Append('\n');
            }
        }
    }
}
