using System.Text.RegularExpressions;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Threading;

/// <summary>What goes past SharedMemory is not seen by the schedule search.</summary>
public sealed partial class SharedAccessTests
{
    private static readonly string Product = Path.Combine(Repository.Root, "src", "FastCache");

    public static TheoryData<string> Files
        => [.. Directory.EnumerateFiles(Product, "*.cs", SearchOption.AllDirectories)
            .Select(static path => Path.GetRelativePath(Product, path).Replace('\\', '/'))
            .Where(static path => !path.StartsWith("obj/", StringComparison.Ordinal)
                && !path.StartsWith("bin/", StringComparison.Ordinal)
                && path != "Threading/SharedMemory.cs")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Shared_memory_is_accessed_through_one_class(string file)
        => Assert.DoesNotMatch(PastIt(), File.ReadAllText(Path.Combine(Product, file)));

    [GeneratedRegex(@"\b(Interlocked|Volatile|Thread)\.|\bvolatile\b|\.SpinOnce\(|new (ManualResetEvent|Semaphore|AutoResetEvent|Barrier)")]
    private static partial Regex PastIt();
}
