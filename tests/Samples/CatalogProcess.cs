using System.Diagnostics;
using System.Runtime.InteropServices;
using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Samples;

/// <summary>The sample service, as somebody runs it. Killed when it is disposed of, at the latest.</summary>
internal sealed class CatalogProcess : IDisposable
{
    private const int Terminate = 15;
    private const string Listening = "Now listening on: ";

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly CancellationToken _cancellation;
    private readonly List<string> _lines = [];

    private CatalogProcess(Process process, CancellationToken cancellation)
    {
        _process = process;
        _cancellation = cancellation;
        _errors = process.StandardError.ReadToEndAsync(cancellation);
    }

    public HttpClient Http { get; } = new();

    /// <summary>Starts it on a free port, and waits until it listens and its caches are as they were.</summary>
    /// <param name="directory">Where its logs are.</param>
    /// <param name="cancellation">Ends the waiting for whatever it is to say.</param>
    public static async Task<CatalogProcess> StartAsync(string directory, CancellationToken cancellation)
    {
        string project = Path.Combine(Repository.Root, "samples", "Catalog");
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [
                Path.Combine(project, "bin", configuration, "net10.0", "Catalog.dll"),
                "--urls", "http://127.0.0.1:0", "--FastCache:PersistenceDirectory", directory, "--FastCache:Health:MinFreeDiskMegabytes", "0",
            ])
        {
            WorkingDirectory = project,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var service = new CatalogProcess(Process.Start(start)!, cancellation);
        try
        {
            string listening = await service.AwaitLineAsync(Listening);
            service.Http.BaseAddress = new Uri(listening[(listening.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]);
            await service.AwaitLineAsync("'products' in", "has brought back");
            await service.AwaitLineAsync("'distributed' in", "has brought back");
            return service;
        }
        catch
        {
            service.Dispose();
            throw;
        }
    }

    /// <summary>The line that contains all of some texts, as soon as it has been written.</summary>
    public async Task<string> AwaitLineAsync(params string[] texts)
    {
        int looked = 0;
        while (true)
        {
            for (; looked < _lines.Count; looked++)
            {
                if (Array.TrueForAll(texts, text => _lines[looked].Contains(text, StringComparison.Ordinal)))
                {
                    return _lines[looked];
                }
            }

            _lines.Add(await _process.StandardOutput.ReadLineAsync(_cancellation) ?? throw await FailureAsync(texts));
        }
    }

    /// <summary>Tells it to stop in order, as a terminal or an orchestrator does, and waits until it has; its exit code.</summary>
    public async Task<int> StopAsync()
    {
        _ = Signal(_process.Id, Terminate);
        await _process.WaitForExitAsync(_cancellation);
        return _process.ExitCode;
    }

    /// <summary>Ends it at once: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(_cancellation);
    }

    public void Dispose()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);

    private async Task<Exception> FailureAsync(string[] texts)
        => new InvalidOperationException($"It has not said '{string.Join("' and '", texts)}', but: {string.Join('\n', _lines)}\n{await _errors}");
}
