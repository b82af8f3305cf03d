namespace FastCache.Extensions.Hybrid;

/// <summary>A call that has found nothing of use in the process, on its way to a value.</summary>
/// <param name="Cache">The cache that was called.</param>
/// <param name="Request">What is asked for.</param>
/// <param name="State">The factory's state.</param>
/// <param name="Factory">The factory.</param>
/// <param name="Asked">When it began, by <see cref="WriteClock"/>.</param>
/// <param name="Flight">Who shares the load; null for the plain one of the key.</param>
internal readonly record struct HybridCall<TState, T>(
    FastCacheHybridCache Cache,
    EntryRequest Request,
    TState State,
    Func<TState, CancellationToken, ValueTask<T>> Factory,
    long Asked,
    FlightKey? Flight = null);
