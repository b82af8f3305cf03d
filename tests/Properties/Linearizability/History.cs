namespace FastCache.Tests.Properties.Linearizability;

/// <summary>What the threads of a run have called, each in its order.</summary>
internal sealed record History(IReadOnlyList<IReadOnlyList<Call>> Threads)
{
    public IEnumerable<Call> Calls => Threads.SelectMany(calls => calls);

    /// <summary>What concerns one key, all that a thread does with it in the order of time.</summary>
    public Phase[][] PhasesOf(int key)
        => [.. Threads.Select(calls => calls.Where(call => Concerns(call, key)).SelectMany(call => Phase.Of(call, key)).ToArray())];

    /// <summary>The calls that concern one key.</summary>
    public History Of(int key) => Where(call => Concerns(call, key));

    public History Where(Func<Call, bool> isKept)
        => new([.. Threads.Select(calls => (IReadOnlyList<Call>)[.. calls.Where(isKept)])]);

    /// <summary>
    /// What had happened before a moment: calls that had not ended by then are pending, and may have had their effect or not.
    /// </summary>
    public History Before(long moment)
        => new([.. Threads.Select(calls => (IReadOnlyList<Call>)
            [.. calls.Where(call => call.Invoked < moment).Select(call => call.Responded < moment ? call : Pending(call, moment))])]);

    private static Call Pending(Call call, long moment)
        => call with
        {
            Responded = Call.Never,
            Answer = default,
            Given = [],
            FactoryRuns = [.. call.FactoryRuns.Where(run => run.Started < moment)
                .Select(run => run.Ended < moment ? run : new FactoryRun(run.Key, run.Started))],
        };

    private static bool Concerns(Call call, int key)
        => call.Operation.ConcernsAllKeys || (!call.Operation.ConcernsNoKey && call.Operation.Key == key);
}
