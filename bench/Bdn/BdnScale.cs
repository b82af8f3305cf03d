namespace FastCache.Bench.Bdn;

/// <summary>Whether the suites take a few of their parameters or all of them.</summary>
/// <remarks>An environment variable, because the processes that BenchmarkDotNet starts inherit it.</remarks>
internal static class BdnScale
{
    private const string Variable = "FASTCACHE_BDN_FULL";

    public static bool IsFull
    {
        get => Environment.GetEnvironmentVariable(Variable) == "1";
        set => Environment.SetEnvironmentVariable(Variable, value ? "1" : null);
    }

    /// <summary>Entries of the caches under test.</summary>
    public static int[] Entries => Choose(small: [10_000], full: [1_000, 10_000, 100_000, 1_000_000]);

    public static T[] Choose<T>(T[] small, T[] full) => IsFull ? full : small;
}
