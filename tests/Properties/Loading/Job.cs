namespace FastCache.Tests.Properties.Loading;

/// <summary>How a factory is to end.</summary>
/// <param name="Step">The step that ends it.</param>
/// <param name="Number">The number of that.</param>
/// <param name="Asking">Who asks on its behalf, if it asks for another key.</param>
internal sealed record JobOrder(LoadStep Step, int Number, ModelCaller? Asking);

/// <summary>A call of a factory that stalls until a step says how it ends.</summary>
/// <param name="keys">What it is asked for.</param>
/// <param name="owner">The caller whose factory it is.</param>
/// <param name="context">The context that it got, if it is of that kind.</param>
/// <param name="token">The token that it got.</param>
internal sealed class Job(IReadOnlyList<int> keys, ModelCaller owner, LoadContext<int, int>? context, CancellationToken token)
{
    private readonly TaskCompletionSource<JobOrder> _order = new();

    public IReadOnlyList<int> Keys => keys;

    public ModelCaller Owner => owner;

    public CancellationToken Token => token;

    public LoadContext<int, int>? Context => context;

    public Task<JobOrder> Order => _order.Task;

    /// <summary>Goes on with the factory, on this thread if it is asynchronous.</summary>
    public void End(JobOrder order) => _order.SetResult(order);

    public override string ToString() => $"a factory of {owner} for {string.Join(", ", keys)}";
}
