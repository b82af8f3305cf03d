namespace FastCache.Threading;

/// <summary>
/// Starts what outlives its caller: it must not keep alive what the caller that happens to start it has in its
/// execution context.
/// </summary>
internal static class UnflowedContext
{
    public static TResult Call<TState, TResult>(Func<TState, TResult> start, TState state)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return start(state);
        }

        using (ExecutionContext.SuppressFlow())
        {
            return start(state);
        }
    }
}
