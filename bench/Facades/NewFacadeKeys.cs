namespace FastCache.Bench.Facades;

/// <summary>Keys that have never been seen before.</summary>
/// <param name="entries">The ids up to this one have been.</param>
internal sealed class NewFacadeKeys(int entries) : FacadeKeys
{
    private long _last = entries;

    public override ReadOnlyMemory<string>[] Next(int threads, int perThread)
    {
        var batches = new ReadOnlyMemory<string>[threads];
        for (int thread = 0; thread < threads; thread++)
        {
            string[] keys = new string[perThread];
            for (int i = 0; i < keys.Length; i++)
            {
                keys[i] = Of(++_last);
            }

            batches[thread] = keys;
        }

        // They are old before the clock starts: otherwise each contestant would be charged for moving them.
        GC.Collect(1);
        GC.Collect(1);
        return batches;
    }
}
