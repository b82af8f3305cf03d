using System.Diagnostics;
using System.Text;

namespace FastCache.Mutants;

/// <summary>Runs programs and gathers what they print.</summary>
internal static class Shell
{
    /// <summary>Runs a program to its end, or until it has printed nothing for so long: then it is killed.</summary>
    public static ShellResult Run(string folder, TimeSpan silence, string program, params IEnumerable<string> arguments)
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
        bool hasEnded;
        int printed = -1;
        while (!(hasEnded = process.WaitForExit(silence)) && printed != Printed())
        {
            printed = Printed();
        }

        if (!hasEnded)
        {
            process.Kill(entireProcessTree: true);
        }

        // Once more: the rest of the output.
        process.WaitForExit();
        return new ShellResult(hasEnded ? process.ExitCode : null, output.ToString());

        int Printed()
        {
            lock (output)
            {
                return output.Length;
            }
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
