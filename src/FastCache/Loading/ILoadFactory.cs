namespace FastCache.Loading;

/// <summary>How a value is made: a user's delegate of one shape or another, known when a load is compiled.</summary>
internal interface ILoadFactory<TKey, TValue>
    where TKey : notnull
{
    /// <summary>Calls the delegate.</summary>
    /// <param name="flight">The load.</param>
    /// <param name="options">Its options.</param>
    /// <param name="cancellationToken">Its token.</param>
    ValueTask<TValue> Make(Flight<TKey, TValue> flight, LoadOptions options, CancellationToken cancellationToken);
}
