using System.Runtime.CompilerServices;
using FastCache.Loading;
using FastCache.Sharding;
using FastCache.Table;

namespace FastCache;

public sealed partial class Cache<TKey, TValue> : ILoadAgain<TKey, TValue>
{
    /// <summary>Reads a value; if the key is absent, loads it and adds it. One factory a key runs at a time.</summary>
    /// <param name="key">The key.</param>
    /// <param name="factory">
    /// Loads the value. Gets the load's own token, which fires when nobody waits any more; never a caller's. Others who miss meanwhile, by
    /// synchronous calls too, wait for its result. What it throws passes through to all of them, and nothing is added; but if it ends
    /// because its caller's token was cancelled, one of the others loads in its place.
    /// </param>
    /// <param name="cancellationToken">Ends the wait of this caller, not the load that others wait for.</param>
    /// <returns>The value, whether or not it was kept; see <see cref="Set(TKey, TValue)"/>. Await it once.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="factory"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> has fired before there was a value.</exception>
    /// <exception cref="InvalidOperationException">
    /// The synchronous part of the factory, or of one that it calls, asks for the same key. A factory that has to load other keys behind an
    /// await does so through its <see cref="LoadContext{TKey, TValue}"/>, which finds that out, too.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The key is absent and the cache was disposed.</exception>
    /// <remarks>
    /// O(1) beside the factory. A hit completes at once and allocates nothing. A value whose key is written, removed or cleared while it is
    /// loaded is returned to those who wait and not kept; who asks after that waits and loads anew. The options in
    /// <see cref="CacheOptions{TKey, TValue}.Loading"/> apply.
    /// </remarks>
    [OverloadResolutionPriority(1)]
    public ValueTask<TValue> GetOrAddAsync(
        TKey key, Func<TKey, CancellationToken, ValueTask<TValue>> factory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return GetOrLoadAsync(key, new AsyncFactory<TKey, TValue>(factory), _loading, null, cancellationToken);
    }

    /// <summary>The same for a factory that returns a task.</summary>
    /// <inheritdoc cref="GetOrAddAsync(TKey, Func{TKey, CancellationToken, ValueTask{TValue}}, CancellationToken)" path="/*[not(self::summary)]"/>
    public ValueTask<TValue> GetOrAddAsync(
        TKey key, Func<TKey, CancellationToken, Task<TValue>> factory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return GetOrLoadAsync(key, new TaskReturningFactory<TKey, TValue>(factory), _loading, null, cancellationToken);
    }

    /// <summary>The same with a state that is handed to the factory, which so needs no closure.</summary>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="factory">As without a state; gets <paramref name="state"/> too.</param>
    /// <param name="state">The state.</param>
    /// <param name="cancellationToken">Ends the wait of this caller, not the load that others wait for.</param>
    /// <inheritdoc cref="GetOrAddAsync(TKey, Func{TKey, CancellationToken, ValueTask{TValue}}, CancellationToken)" path="/*[self::returns or self::exception or self::remarks]"/>
    public ValueTask<TValue> GetOrAddAsync<TState>(
        TKey key,
        Func<TKey, TState, CancellationToken, ValueTask<TValue>> factory,
        TState state,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return GetOrLoadAsync(key, new AsyncStateFactory<TKey, TState, TValue>(factory, state), _loading, null, cancellationToken);
    }

    /// <summary>The same for a factory that sees what there was and decides how its result is kept.</summary>
    /// <param name="key">The key.</param>
    /// <param name="factory">
    /// Loads the value; the context tells what for, and takes what is to become of it. Otherwise as without a context.
    /// </param>
    /// <param name="options">How it is loaded; null: as <see cref="CacheOptions{TKey, TValue}.Loading"/> says.</param>
    /// <param name="cancellationToken">Ends the wait of this caller, not the load that others wait for.</param>
    /// <inheritdoc cref="GetOrAddAsync(TKey, Func{TKey, CancellationToken, ValueTask{TValue}}, CancellationToken)" path="/*[self::returns or self::exception or self::remarks]"/>
    public ValueTask<TValue> GetOrAddAsync(
        TKey key,
        Func<LoadContext<TKey, TValue>, ValueTask<TValue>> factory,
        LoadOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return GetOrAddAsync(key, static (context, make) => make(context), factory, options, cancellationToken);
    }

    /// <summary>The same with a state that is handed to the factory, which so needs no closure.</summary>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="factory">As without a state; gets <paramref name="state"/> too.</param>
    /// <param name="state">The state.</param>
    /// <param name="options">How it is loaded; null: as <see cref="CacheOptions{TKey, TValue}.Loading"/> says.</param>
    /// <param name="cancellationToken">Ends the wait of this caller, not the load that others wait for.</param>
    /// <inheritdoc cref="GetOrAddAsync(TKey, Func{TKey, CancellationToken, ValueTask{TValue}}, CancellationToken)" path="/*[self::returns or self::exception or self::remarks]"/>
    public ValueTask<TValue> GetOrAddAsync<TState>(
        TKey key,
        Func<LoadContext<TKey, TValue>, TState, ValueTask<TValue>> factory,
        TState state,
        LoadOptions? options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return GetOrLoadAsync(
            key,
            new ContextFactory<TKey, TState, TValue>(factory, state, this),
            options ?? _loading,
            null,
            cancellationToken);
    }

    /// <inheritdoc/>
    ValueTask<TValue> ILoadAgain<TKey, TValue>.GetOrAddAsync(
        TKey key,
        Func<LoadContext<TKey, TValue>, ValueTask<TValue>> factory,
        LoadNode? waiting,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return GetOrLoadAsync(
            key,
            new ContextFactory<TKey, Func<LoadContext<TKey, TValue>, ValueTask<TValue>>, TValue>(
                static (context, make) => make(context), factory, this),
            _loading,
            waiting,
            cancellationToken);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ValueTask<TValue> GetOrLoadAsync<TFactory>(
        TKey key, TFactory factory, LoadOptions options, LoadNode? waiting, CancellationToken cancellationToken)
        where TFactory : struct, ILoadFactory<TKey, TValue>
    {
        ReadOutcome outcome = ReadFresh(key, out KeyHash hash, out TValue? value);
        return outcome == ReadOutcome.Hit
            ? new ValueTask<TValue>(value!)
            : LoadAsync(key, hash, factory, options, outcome == ReadOutcome.Absent, waiting, cancellationToken);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ValueTask<TValue> LoadAsync<TFactory>(
        TKey key,
        KeyHash hash,
        TFactory factory,
        LoadOptions options,
        bool hasMissed,
        LoadNode? waiting,
        CancellationToken cancellationToken)
        where TFactory : struct, ILoadFactory<TKey, TValue>
        => _loader.LoadAsync(
            new ShardLoadTarget<TKey, TValue>(ShardOf(hash), hash), key, factory, options, hasMissed, waiting, cancellationToken);
}
