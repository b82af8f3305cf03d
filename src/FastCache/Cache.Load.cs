using System.Runtime.CompilerServices;
using FastCache.Loading;
using FastCache.Sharding;
using FastCache.Table;

namespace FastCache;

public sealed partial class Cache<TKey, TValue>
{
    /// <summary>Reads a value; if the key is absent, makes it and adds it. One factory a key runs at a time.</summary>
    /// <param name="key">The key.</param>
    /// <param name="factory">
    /// Makes the value. Runs outside any lock, on the thread of the first caller that misses; others who miss meanwhile, by asynchronous
    /// calls too, wait for its result. What it throws passes through to all of them, and nothing is added.
    /// </param>
    /// <returns>The value, whether or not it was kept; see <see cref="Set(TKey, TValue)"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="factory"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The factory, or one that it calls, asks for the same key.</exception>
    /// <exception cref="ObjectDisposedException">The key is absent and the cache was disposed.</exception>
    /// <remarks>
    /// O(1) beside the factory. A hit is lock-free and allocates nothing. A value whose key is written, removed or cleared while it is
    /// made is returned and not kept: what the cache holds is never older than the last write. The options in
    /// <see cref="CacheOptions{TKey, TValue}.Loading"/> apply, but for the time limits: the factory runs on the caller's thread.
    /// </remarks>
    public TValue GetOrAdd(TKey key, Func<TKey, TValue> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ReadOutcome outcome = ReadFresh(key, out KeyHash hash, out TValue? value);
        return outcome == ReadOutcome.Hit
            ? value!
            : Load(key, hash, new SyncFactory<TKey, TValue>(factory, null), outcome == ReadOutcome.Absent);
    }

    /// <summary>Reads a value; if the key is absent, makes it with the help of a state and adds it.</summary>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="factory">As in <see cref="GetOrAdd(TKey, Func{TKey, TValue})"/>; gets <paramref name="state"/> too.</param>
    /// <param name="state">Handed to the factory, which so needs no closure.</param>
    /// <inheritdoc cref="GetOrAdd(TKey, Func{TKey, TValue})" path="/*[self::returns or self::exception or self::remarks]"/>
    public TValue GetOrAdd<TState>(TKey key, Func<TKey, TState, TValue> factory, TState state)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ReadOutcome outcome = ReadFresh(key, out KeyHash hash, out TValue? value);
        return outcome == ReadOutcome.Hit
            ? value!
            : Load(key, hash, new SyncStateFactory<TKey, TState, TValue>(factory, state, null), outcome == ReadOutcome.Absent);
    }

    /// <summary>Reads a value; if the key is absent, makes it and adds it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="factory">As in <see cref="GetOrAdd(TKey, Func{TKey, TValue})"/>.</param>
    /// <param name="options">How an entry that is added is to be kept.</param>
    /// <inheritdoc cref="GetOrAdd(TKey, Func{TKey, TValue})" path="/*[self::returns or self::exception or self::remarks]"/>
    public TValue GetOrAdd(TKey key, Func<TKey, TValue> factory, in EntryOptions options)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ReadOutcome outcome = ReadFresh(key, out KeyHash hash, out TValue? value);
        return outcome == ReadOutcome.Hit
            ? value!
            : Load(key, hash, new SyncFactory<TKey, TValue>(factory, options), outcome == ReadOutcome.Absent);
    }

    /// <summary>Reads a value; if the key is absent, makes it with the help of a state and adds it.</summary>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="factory">As in <see cref="GetOrAdd(TKey, Func{TKey, TValue})"/>; gets <paramref name="state"/> too.</param>
    /// <param name="state">Handed to the factory, which so needs no closure.</param>
    /// <param name="options">How an entry that is added is to be kept.</param>
    /// <inheritdoc cref="GetOrAdd(TKey, Func{TKey, TValue})" path="/*[self::returns or self::exception or self::remarks]"/>
    public TValue GetOrAdd<TState>(TKey key, Func<TKey, TState, TValue> factory, TState state, in EntryOptions options)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ReadOutcome outcome = ReadFresh(key, out KeyHash hash, out TValue? value);
        return outcome == ReadOutcome.Hit
            ? value!
            : Load(key, hash, new SyncStateFactory<TKey, TState, TValue>(factory, state, options), outcome == ReadOutcome.Absent);
    }

    /// <summary>The likely hit, which is counted; absent if the key is; everything else needs a closer look.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOutcome ReadFresh(TKey key, out KeyHash hash, out TValue? value)
    {
        if (Cell.Holds<TValue>() && _detour is null)
        {
            ThrowIfNull(key);
            hash = new KeyHash(_hasher.HashBuiltIn(key));
            ReadResult<TValue> result = TableOf(_tables, hash).ReadHome(key, hash);
            value = result.Cell;
            return result.Outcome;
        }

        return ReadFreshByDetour(key, out hash, out value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ReadOutcome ReadFreshByDetour(TKey key, out KeyHash hash, out TValue? value)
    {
        hash = Hash(key);
        ReadOutcome outcome = Read<KeyProbe<TKey>, Use>(Probe(key), hash, out value, out _);
        if (outcome == ReadOutcome.Hit)
        {
            RecordHit();
        }

        return outcome;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private TValue Load<TFactory>(TKey key, KeyHash hash, TFactory factory, bool hasMissed)
        where TFactory : struct, ILoadFactory<TKey, TValue>
        => _loader.Load(new ShardLoadTarget<TKey, TValue>(ShardOf(hash), hash), key, factory, _loading, hasMissed);

    private ShardLoadTarget<TKey, TValue> TargetOf(TKey key)
    {
        KeyHash hash = Hash(key);
        return new ShardLoadTarget<TKey, TValue>(ShardOf(hash), hash);
    }
}
