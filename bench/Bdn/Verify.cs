using System.Diagnostics.CodeAnalysis;

namespace FastCache.Bench.Bdn;

/// <summary>A benchmark that has not done what it claims gets no figure.</summary>
/// <remarks>
/// But in the process of BenchmarkDotNet itself it does, if its cleanup finds that out: that ignores what a cleanup throws.
/// </remarks>
internal static class Verify
{
    /// <summary>Whether something was not as claimed, in this process.</summary>
    public static bool HasFailed { get; private set; }

    public static void That(bool condition, string fault)
    {
        if (!condition)
        {
            Fail(fault);
        }
    }

    [DoesNotReturn]
    private static void Fail(string fault)
    {
        HasFailed = true;
        throw new InvalidOperationException(fault);
    }
}
