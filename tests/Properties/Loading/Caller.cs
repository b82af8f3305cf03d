namespace FastCache.Tests.Properties.Loading;

/// <summary>A call of the cache.</summary>
/// <param name="Model">The same in the model.</param>
/// <param name="Cancellation">Its token's source, if it has one.</param>
/// <param name="Result">What it got.</param>
internal sealed record Caller(ModelCaller Model, CancellationTokenSource? Cancellation, Task<string> Result)
{
    public override string ToString()
        => $"{Model} has {(Result.IsCompleted ? Result.Result : "nothing")}, expected {Model.Result ?? "nothing"}";
}

/// <summary>What the factory of a caller does.</summary>
/// <param name="step">The step that says so.</param>
/// <param name="caller">The caller.</param>
/// <param name="asking">Who asks on behalf of the factory, if it asks for another key.</param>
internal sealed class Plan(LoadStep step, ModelCaller caller, ModelCaller? asking)
{
    // Who leads at once does so once; a factory that is called later, because its caller asks again, stalls.
    private int _leadsAtOnce = caller.Waits.Exists(static wait => wait.Part == Part.Leads) ? 1 : 0;

    public LoadStep Step => step;

    public ModelCaller Caller => caller;

    public ModelCaller? Asking => asking;

    /// <summary>Whether this is the call of the factory that the step makes.</summary>
    public bool TryBegin() => Interlocked.Exchange(ref _leadsAtOnce, 0) == 1;
}
