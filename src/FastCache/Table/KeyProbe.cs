using System.Runtime.CompilerServices;

namespace FastCache.Table;

/// <summary>What a search compares stored keys with.</summary>
internal interface IKeyProbe<TKey>
{
    /// <summary>Whether <paramref name="stored"/> is the key that is looked for.</summary>
    bool Matches(TKey stored);
}

/// <summary>Looks for a key as itself.</summary>
/// <param name="key">The key.</param>
/// <param name="comparer">Null for a value type's own equality and for ordinal strings; see <see cref="KeyHasher{TKey}"/>.</param>
internal readonly struct KeyProbe<TKey>(TKey key, IEqualityComparer<TKey>? comparer) : IKeyProbe<TKey>
    where TKey : notnull
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Matches(TKey stored)
    {
        if (comparer is not null)
        {
            return comparer.Equals(stored, key);
        }

        if (typeof(TKey).IsValueType)
        {
            return EqualityComparer<TKey>.Default.Equals(stored, key);
        }

        TKey sought = key;
        return string.Equals(Unsafe.As<TKey, string>(ref stored), Unsafe.As<TKey, string>(ref sought));
    }
}

/// <summary>Looks for a string key by its characters.</summary>
internal readonly ref struct SpanProbe<TKey>(ReadOnlySpan<char> key) : IKeyProbe<TKey>
    where TKey : notnull
{
    private readonly ReadOnlySpan<char> _key = key;

    public bool Matches(TKey stored) => _key.SequenceEqual(Unsafe.As<TKey, string>(ref stored));
}

/// <summary>Looks for a key through its comparer's alternate form.</summary>
internal readonly ref struct AlternateProbe<TKey, TAlternate>(
    TAlternate key, IAlternateEqualityComparer<TAlternate, TKey> comparer) : IKeyProbe<TKey>
    where TKey : notnull
    where TAlternate : notnull, allows ref struct
{
    private readonly TAlternate _key = key;

    public bool Matches(TKey stored) => comparer.Equals(_key, stored);
}
