using FastCache.Tests.Properties.Model;
using FastCache.Tests.Unit.TestTypes;
using static FastCache.Tests.Properties.Linearizability.OperationKind;

namespace FastCache.Tests.Properties.Linearizability;

/// <summary>Runs a program on a new cache, once, and records what happens.</summary>
internal static class ProgramRun<TKey, TValue, TShape>
    where TKey : notnull
    where TShape : struct, IShape<TKey, TValue>
{
    // Beyond the program's keys, and those that fill the cache.
    private const int ClockKey = 99;

    /// <summary>
    /// The calls of the program's threads, and as one thread more those that come before and after them: what is there at first,
    /// and a look at every key at the end.
    /// </summary>
    public static History Run(ConcurrentProgram program, IThreads threads)
    {
        ProgramSetup setup = program.Setup;
        var time = new ManualTimeProvider();
        using Cache<TKey, TValue> cache = setup.Create<TKey, TValue, TShape>(time);
        var stamps = new Stamps();
        ThreadRun<TKey, TValue, TShape>[] runs
            = [.. Enumerable.Range(0, program.Threads.Count + 1).Select(thread => new ThreadRun<TKey, TValue, TShape>(thread, setup, cache, time, stamps, threads))];
        ThreadRun<TKey, TValue, TShape> around = runs[^1];
        if (setup.Expiring != Expiring.Never)
        {
            // The clock begins to run with the first entry that expires; from then on it is as late as its timer and no later.
            cache.Set(TShape.Key(ClockKey), TShape.Value(0), new EntryOptions { ExpireAfterWrite = TimeSpan.FromHours(1) });
            cache.TryRemove(TShape.Key(ClockKey));
        }

        around.Do(Keys(setup).Where(setup.IsPrefilled).Select(key => new Operation(Set, key, ProgramSetup.PrefilledValue(key))));
        threads.Run([.. program.Threads.Select((operations, thread) => (Action)(() => runs[thread].Do(operations)))]);
        around.Do(Keys(setup).Select(key => new Operation(TryPeek, key, 0)));
        cache.AssertConsistent();
        return new History([.. runs.Select(run => run.Calls)]);
    }

    private static IEnumerable<int> Keys(ProgramSetup setup) => Enumerable.Range(0, setup.Keys);
}
