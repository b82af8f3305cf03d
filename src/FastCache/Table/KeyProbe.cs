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
        => comparer is not null ? comparer.Equals(stored, key) : BuiltInEquals(stored, key);

    /// <summary>The equality that a null comparer stands for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool BuiltInEquals(TKey stored, TKey key)
        => typeof(TKey).IsValueType
            ? EqualityComparer<TKey>.Default.Equals(stored, key)
            : string.Equals(Unsafe.As<TKey, string>(ref stored), Unsafe.As<TKey, string>(ref key));
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
