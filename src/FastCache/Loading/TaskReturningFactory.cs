namespace FastCache.Loading;

/// <summary>A delegate that returns a task of the value.</summary>
internal readonly struct TaskReturningFactory<TKey, TValue>(Func<TKey, CancellationToken, Task<TValue>> make) : ILoadFactory<TKey, TValue>
    where TKey : notnull
{
    /// <exception cref="InvalidOperationException">The delegate returned null.</exception>
    public ValueTask<TValue> Make(Flight<TKey, TValue> flight, LoadOptions options, CancellationToken cancellationToken)
        => new(make(flight.Key, cancellationToken) ?? throw new InvalidOperationException("The factory returned null in place of a task."));
}
