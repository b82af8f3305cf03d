using System.Diagnostics;
using System.Runtime;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FastCache.Bench.Reporting;

/// <summary>What the figures were measured on. Without it they cannot be compared with anything.</summary>
internal static class Machine
{
    public static void Describe(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        report.Line($"{"machine",-10}{Processor()}, {Environment.ProcessorCount} cores, {MemoryGiB():0.0} GiB, {Simd()}");
        report.Line($"{"system",-10}{RuntimeInformation.OSDescription} ({RuntimeInformation.RuntimeIdentifier})");
        report.Line($"{"runtime",-10}{RuntimeInformation.FrameworkDescription}, {Collector()}, timer {TimerNanoseconds():0.###} ns");
        report.Line($"{"library",-10}FastCache {LibraryVersion()}");
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

        if (Debugger.IsAttached || !IsOptimised())
        {
            report.Warn("WARNING: this is a debug build or a debugger is attached; the figures below mean nothing.");
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

    private static bool IsOptimised() =>
        typeof(EvictionPolicy).Assembly.GetCustomAttributes(typeof(DebuggableAttribute), false)
            .OfType<DebuggableAttribute>().All(static attribute => !attribute.IsJITOptimizerDisabled);
}
