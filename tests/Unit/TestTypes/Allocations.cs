namespace FastCache.Tests.Unit.TestTypes;

/// <summary>Counts what an operation allocates on its own thread.</summary>
internal static class Allocations
{
    private const int Measured = 10_000;
    private const int Attempts = 5;

    /// <summary>The bytes of a call: the least of a few, see the remarks on <see cref="Of"/>.</summary>
    public static long OfOne<T>(Func<T> make)
        => Enumerable.Range(0, 2 * Attempts).Min(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            T made = make();
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            GC.KeepAlive(made);
            return bytes;
        });

    /// <summary>The bytes of 10,000 calls, after as many twice over to warm up. Calls are numbered from 0.</summary>
    /// <remarks>
    /// A collection that other tests cause meanwhile charges the thread with the unused rest of its allocation buffer, up to
    /// 8 KiB. So a measurement that is not zero is repeated; what allocates does so every time.
    /// </remarks>
    public static long Of(Action<int> operation)
    {
        int next = 0;
        Call();
        Call();
        long bytes;
        int attempts = 0;
        do
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Call();
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        while (bytes > 0 && ++attempts < Attempts);
        return bytes;

        void Call()
        {
            for (int end = next + Measured; next < end; next++)
            {
                operation(next);
            }
        }
    }
}
