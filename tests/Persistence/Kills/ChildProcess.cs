using System.Diagnostics;

namespace FastCache.Tests.Persistence.Kills;

/// <summary>This program once more, as a <see cref="Victim"/>. Killed when it is disposed of, at the latest.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private ChildProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    /// <param name="setup">What it does.</param>
    /// <param name="under">A program, and its arguments, that runs it; none for the process itself.</param>
    public static ChildProcess Start(VictimSetup setup, params string[] under)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] command = [.. under, host];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        start.ArgumentList.Add(Victim.Switch);
        foreach (string argument in setup.ToArguments())
        {
            start.ArgumentList.Add(argument);
        }

        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>The next line that it reports; null when it is dead and all has been read.</summary>
    public ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
        => _process.StandardOutput.ReadLineAsync(cancellationToken);

    /// <summary>Waits until it has opened its log.</summary>
    public async Task AwaitOpenAsync(CancellationToken cancellationToken)
    {
        string? line;
        do
        {
            line = await ReadLineAsync(cancellationToken) ?? throw await FailureAsync("It has not opened its log");
        }
        while (line != VictimReport.IsOpen);
    }

    /// <summary>Ends it at once: SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Lets it end itself at once, which it does when its input ends: what runs it has nothing to say.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Tells it to stop in order, and waits until it has; its exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        _process.StandardInput.Close();
        return await AwaitExitAsync(cancellationToken);
    }

    public async Task<int> AwaitExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Waits until it has ended, which it should not have, and says what it said of that.</summary>
    public async Task<Exception> FailureAsync(string what)
        => new InvalidOperationException($"{what}, and the child process: {await _errors}");

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
