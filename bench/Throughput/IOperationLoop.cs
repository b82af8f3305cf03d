using FastCache.Bench.Contestants;

namespace FastCache.Bench.Throughput;

/// <summary>
/// The innermost loop of a workload: runs over a slice of keys and says how many lookups found the expected value.
/// </summary>
/// <remarks>
/// It is called for one short slice after another, so that the runtime can replace it by its optimised, profile-guided
/// version; a loop that is entered once stays with what on-stack replacement gives it. It is never inlined into its
/// caller for the same reason.
/// </remarks>
internal interface IOperationLoop
{
    /// <summary>Lookups per operation: the divisor of the hits.</summary>
    static abstract double LookupsPerOperation { get; }

    /// <param name="salt">Added to each key; a new salt makes the same slice a slice of new keys.</param>
    static abstract long Run<TContestant>(TContestant cache, ReadOnlySpan<long> keys, long salt, object value)
        where TContestant : struct, IContestant<TContestant>;
}
