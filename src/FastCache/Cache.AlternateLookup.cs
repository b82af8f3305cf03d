using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FastCache.Table;

namespace FastCache;

public sealed partial class Cache<TKey, TValue>
{
    /// <summary>A view of the cache by another form of its keys, say <c>ReadOnlySpan&lt;char&gt;</c> for strings.</summary>
    /// <typeparam name="TAlternateKey">The other form.</typeparam>
    /// <returns>The view: a reference to the cache, free to make and to copy.</returns>
    /// <exception cref="InvalidOperationException">
    /// The cache's comparer does not implement <see cref="IAlternateEqualityComparer{TAlternate, T}"/> for the two types.
    /// </exception>
    public AlternateLookup<TAlternateKey> GetAlternateLookup<TAlternateKey>()
        where TAlternateKey : notnull, allows ref struct
        => TryGetAlternateLookup(out AlternateLookup<TAlternateKey> lookup)
            ? lookup
            : throw new InvalidOperationException(
                $"The cache's comparer cannot compare a {typeof(TAlternateKey)} with a {typeof(TKey)}.");

    /// <summary>A view of the cache by another form of its keys, if its comparer allows one.</summary>
    /// <typeparam name="TAlternateKey">The other form.</typeparam>
    /// <param name="lookup">The view.</param>
    /// <returns>Whether the comparer knows that form.</returns>
    public bool TryGetAlternateLookup<TAlternateKey>(out AlternateLookup<TAlternateKey> lookup)
        where TAlternateKey : notnull, allows ref struct
    {
        bool known = AlternateLookup<TAlternateKey>.IsOrdinalSpan(this)
            || _hasher.Comparer is IAlternateEqualityComparer<TAlternateKey, TKey>;
        lookup = known ? new AlternateLookup<TAlternateKey>(this) : default;
        return known;
    }

    /// <summary>A cache seen by another form of its keys. Thread-safe as the cache is.</summary>
    /// <typeparam name="TAlternateKey">The other form.</typeparam>
    public readonly struct AlternateLookup<TAlternateKey>
        where TAlternateKey : notnull, allows ref struct
    {
        internal AlternateLookup(Cache<TKey, TValue> cache) => Cache = cache;

        /// <summary>The cache that is looked at.</summary>
        public Cache<TKey, TValue> Cache { get; }

        private IAlternateEqualityComparer<TAlternateKey, TKey> Comparer
            => (IAlternateEqualityComparer<TAlternateKey, TKey>)Cache._hasher.Comparer!;

        /// <inheritdoc cref="Cache{TKey, TValue}.TryGet"/>
        public bool TryGet(TAlternateKey key, [MaybeNullWhen(false)] out TValue value)
            => Cache.CountRequest(TryRead<Use>(key, out value));

        /// <inheritdoc cref="Cache{TKey, TValue}.TryPeek"/>
        public bool TryPeek(TAlternateKey key, [MaybeNullWhen(false)] out TValue value) => TryRead<Peek>(key, out value);

        /// <inheritdoc cref="Cache{TKey, TValue}.ContainsKey"/>
        public bool ContainsKey(TAlternateKey key) => TryPeek(key, out _);

        /// <summary>Adds a value or replaces the one that is there. Allocates the key in its own form.</summary>
        /// <inheritdoc cref="Cache{TKey, TValue}.Set(TKey, TValue)" path="/*[not(self::summary)]"/>
        public bool Set(TAlternateKey key, TValue value) => Cache.Set(ToKey(key), value);

        /// <summary>Adds a value unless the key is present. Allocates the key in its own form if it is not.</summary>
        /// <inheritdoc cref="Cache{TKey, TValue}.TryAdd(TKey, TValue)" path="/*[not(self::summary)]"/>
        public bool TryAdd(TAlternateKey key, TValue value) => !ContainsKey(key) && Cache.TryAdd(ToKey(key), value);

        /// <summary>Reads a value; if the key is absent, makes it and adds it, and allocates the key in its own form.</summary>
        /// <inheritdoc cref="Cache{TKey, TValue}.GetOrAdd(TKey, Func{TKey, TValue})" path="/*[not(self::summary)]"/>
        public TValue GetOrAdd(TAlternateKey key, Func<TKey, TValue> factory)
        {
            ArgumentNullException.ThrowIfNull(factory);
            return TryGetOrLoad(key, out TValue? value) ? value : Cache.GetOrAdd(ToKey(key), factory);
        }

        /// <summary>Reads a value; if the key is absent, loads it and adds it, and allocates the key in its own form.</summary>
        /// <inheritdoc cref="Cache{TKey, TValue}.GetOrAddAsync(TKey, Func{TKey, CancellationToken, ValueTask{TValue}}, CancellationToken)" path="/*[not(self::summary)]"/>
        public ValueTask<TValue> GetOrAddAsync(
            TAlternateKey key,
            Func<TKey, CancellationToken, ValueTask<TValue>> factory,
            CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(factory);
            return TryGetOrLoad(key, out TValue? value)
                ? new ValueTask<TValue>(value)
                : Cache.GetOrAddAsync(ToKey(key), factory, cancellationToken);
        }

        /// <summary>
        /// Removes a key. Allocates the key in its own form if it is present, or may be because it expires or is being loaded.
        /// </summary>
        /// <inheritdoc cref="Cache{TKey, TValue}.TryRemove(TKey)" path="/*[not(self::summary)]"/>
        public bool TryRemove(TAlternateKey key)
        {
            // Asked before the search: what begins later loads what there is after this.
            bool mayComeBack = Cache.ShardOf(HashOf(key)).MayComeBack;
            return (ContainsKey(key) || mayComeBack) && Cache.TryRemove(ToKey(key));
        }

        /// <summary>As <see cref="TryGet"/>, for a caller who loads what is absent: the load counts the miss.</summary>
        internal bool TryGetOrLoad(TAlternateKey key, [MaybeNullWhen(false)] out TValue value)
        {
            if (!TryRead<Use>(key, out value))
            {
                return false;
            }

            Cache.RecordHit();
            return true;
        }

        internal static bool IsOrdinalSpan(Cache<TKey, TValue> cache)
            => typeof(TKey) == typeof(string)
            && typeof(TAlternateKey) == typeof(ReadOnlySpan<char>)
            && cache._hasher.Comparer is null;

        private static ReadOnlySpan<char> AsSpan(TAlternateKey key) => Unsafe.As<TAlternateKey, ReadOnlySpan<char>>(ref key);

        private bool TryRead<TIntent>(TAlternateKey key, [MaybeNullWhen(false)] out TValue value)
            where TIntent : struct, IReadIntent
        {
            if (IsOrdinalSpan(Cache))
            {
                return Cache.TryRead<SpanProbe<TKey>, TIntent>(new SpanProbe<TKey>(AsSpan(key)), HashOf(key), out value);
            }

            return Cache.TryRead<AlternateProbe<TKey, TAlternateKey>, TIntent>(
                new AlternateProbe<TKey, TAlternateKey>(key, Comparer), HashOf(key), out value);
        }

        private KeyHash HashOf(TAlternateKey key)
            => new(IsOrdinalSpan(Cache) ? Cache._hasher.Hash(AsSpan(key)) : Cache._hasher.Hash(Comparer.GetHashCode(key)));

        private TKey ToKey(TAlternateKey key)
            => IsOrdinalSpan(Cache) ? (TKey)(object)AsSpan(key).ToString() : Comparer.Create(key);
    }
}
