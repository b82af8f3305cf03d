using System.Diagnostics;
using System.Runtime;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FastCache.Bench.Reporting;

/// <summary>What the figures were measured on. Without it they cannot be compared with anything.</summary>
internal static class Machine
{
    /// <summary>What a reader needs to know, by name.</summary>
    public static IReadOnlyList<(string Name, string Text)> Details =>
    [
        ("machine", Invariant($"{Processor()}, {Environment.ProcessorCount} cores, {MemoryGiB():0.0} GiB, {Simd()}")),
        ("system", $"{RuntimeInformation.OSDescription} ({RuntimeInformation.RuntimeIdentifier})"),
        ("runtime", Invariant($"{RuntimeInformation.FrameworkDescription}, {Collector()}, timer {TimerNanoseconds():0.###} ns")),
        ("library", $"FastCache {LibraryVersion()}"),
    ];

    /// <summary>Why no figure is worth anything; null if there is no such reason.</summary>
    public static string? Flaw => Debugger.IsAttached || !IsOptimised()
        ? "WARNING: this is a debug build or a debugger is attached; the figures below mean nothing."
        : null;

    public static void Describe(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        foreach ((string name, string text) in Details)
        {
            report.Detail(name, text);
        }

        report.Add(new Measurement
        {
            { "verb", "machine" },
            { "workload", "machine" },
            { "contestant", "host" },
            { "metric", "processors" },
            { "value", Environment.ProcessorCount },
            { "unit", "count" },
            { "cpu", Processor() },
            { "simd", Simd() },
            { "memory_gib", MemoryGiB() },
            { "os", RuntimeInformation.OSDescription },
            { "runtime", RuntimeInformation.FrameworkDescription },
            { "gc", Collector() },
            { "fastcache", LibraryVersion() },
        });

        if (Flaw is { } flaw)
        {
            report.Warn(flaw);
        }
    }

    private static string Processor()
    {
        const string LinuxSource = "/proc/cpuinfo";
        if (!File.Exists(LinuxSource))
        {
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
        }

        string? model = File.ReadLines(LinuxSource).FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal));
        return model is null ? RuntimeInformation.ProcessArchitecture.ToString() : model[(model.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static double MemoryGiB() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);

    private static string Simd() =>
        Vector512.IsHardwareAccelerated ? "512-bit SIMD" : Vector256.IsHardwareAccelerated ? "256-bit SIMD" : "128-bit SIMD";

    private static string Collector() =>
        $"{(GCSettings.IsServerGC ? "server" : "workstation")} GC, {(GCSettings.LatencyMode == GCLatencyMode.Batch ? "not concurrent" : "concurrent")}";

    private static double TimerNanoseconds() => 1e9 / Stopwatch.Frequency;

    private static string LibraryVersion() => typeof(EvictionPolicy).Assembly.GetName().Version?.ToString(3) ?? "?";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static bool IsOptimised() =>
        typeof(EvictionPolicy).Assembly.GetCustomAttributes(typeof(DebuggableAttribute), false)
            .OfType<DebuggableAttribute>().All(static attribute => !attribute.IsJITOptimizerDisabled);
}
