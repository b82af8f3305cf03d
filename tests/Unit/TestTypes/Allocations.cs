namespace FastCache.Tests.Unit.TestTypes;

/// <summary>Counts what an operation allocates on its own thread.</summary>
internal static class Allocations
{
    private const int Measured = 10_000;
    private const int Warmup = 2 * Measured;

    /// <summary>The bytes of 10,000 calls, numbered on from those of the warm-up.</summary>
    public static long Of(Action<int> operation)
    {
        for (int i = 0; i < Warmup; i++)
        {
            operation(i);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = Warmup; i < Warmup + Measured; i++)
        {
            operation(i);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
