using System.Diagnostics.CodeAnalysis;
using FastCache.Loading;
using FastCache.Threading;

namespace FastCache;

/// <summary>One load as its factory sees it: what is asked for, what there was, and what is to become of the result.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>Belongs to the factory until that has ended. Not thread-safe.</remarks>
public sealed class LoadContext<TKey, TValue>
    where TKey : notnull
{
    private Flight<TKey, TValue>? _flight;
    private readonly ILoadAgain<TKey, TValue> _cache;

    internal LoadContext(Flight<TKey, TValue> flight, ILoadAgain<TKey, TValue> cache, LoadOptions options, CancellationToken token)
    {
        _flight = flight;
        _cache = cache;
        Key = flight.Key;
        HasPreviousValue = flight.HasPrevious;
        PreviousValue = flight.PreviousValue;
        IsBackground = flight.IsBackground;
        Entry = options.Entry;
        CancellationToken = token;
    }

    /// <summary>What is asked for.</summary>
    public TKey Key { get; }

    /// <summary>
    /// Fires when nobody waits for the result any more or the load has taken too long. It is never a caller's own token.
    /// </summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Whether nobody waits for this load: it refreshes a value that is served meanwhile.</summary>
    public bool IsBackground { get; }

    /// <summary>Whether the key has a value already, one to be refreshed or a stale one.</summary>
    [MemberNotNullWhen(true, nameof(PreviousValue))]
    public bool HasPreviousValue { get; }

    /// <summary>
    /// That value. A factory that finds it unchanged at the source returns it, and it is as good as new: the answer "not modified".
    /// </summary>
    public TValue? PreviousValue { get; }

    /// <summary>How the entry is to be kept; at first as the options of the load say.</summary>
    public EntryOptions Entry { get; set; }

    /// <summary>What the entry weighs; null: what the cache's weigher says.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    /// <remarks>Without effect in a cache without a weigher, where every entry weighs 1.</remarks>
    public int? Weight
    {
        get;
        set
        {
            if (value is { } weight)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(weight, nameof(Weight));
            }

            field = value;
        }
    }

    /// <summary>Whether the result says that there is nothing: see <see cref="LoadOptions.NegativeExpireAfterWrite"/>.</summary>
    public bool IsNegative { get; set; }

    /// <summary>Whether the cache keeps the result; true at first. The callers get it in any case.</summary>
    public bool KeepsResult { get; set; } = true;

    /// <summary>Loads another key of the same cache, as a part of this load.</summary>
    /// <param name="key">The other key.</param>
    /// <param name="factory">Makes its value.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="factory"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The load of that key is this one, or waits for this one: it would never end.
    /// </exception>
    /// <remarks>
    /// The same as a call of the cache, but for the exception: a cache that is called from behind an await does not know that
    /// a load calls it.
    /// </remarks>
    public ValueTask<TValue> GetOrAddAsync(TKey key, Func<LoadContext<TKey, TValue>, ValueTask<TValue>> factory)
        => _cache.GetOrAddAsync(key, factory, SharedMemory.ReadAcquire(ref _flight!), CancellationToken);

    /// <summary>The load is over, though its factory may go on.</summary>
    internal void End() => SharedMemory.WriteRelease(ref _flight!, null!);
}
