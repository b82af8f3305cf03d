namespace FastCache.Tests.Unit.TestTypes;

/// <summary>Asks whether anything keeps alive what nobody should need any more.</summary>
internal static class Garbage
{
    /// <summary>Returns when all of it was collected; for tests with <see cref="Wait.Watchdog"/> as their timeout.</summary>
    public static void AwaitCollection(IEnumerable<WeakReference> references)
        => Wait.Until(() =>
        {
            // Again and again: a thread that has just ended its work, or the timer's, may still have a reference on its stack.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return references.All(static reference => !reference.IsAlive);
        });
}
