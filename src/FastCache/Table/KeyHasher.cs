using System.Runtime.CompilerServices;

namespace FastCache.Table;

/// <summary>Turns keys into seeded 64-bit hashes.</summary>
/// <remarks>
/// Integers and Guids are hashed here, ordinal strings by <see cref="StringHash"/>; every other key gives its own 32-bit
/// hash code, from its comparer if it has one, which is then spread over 64 bits. Each step is keyed, so that
/// colliding keys of those three kinds cannot be prepared without the seed.
/// </remarks>
internal readonly struct KeyHasher<TKey>
    where TKey : notnull
{
    private readonly HashSecrets _secrets;

    public KeyHasher(IEqualityComparer<TKey>? comparer, ulong seed)
    {
        _secrets = new HashSecrets(seed);
        Comparer = Normalize(comparer);
    }

    /// <summary>
    /// The comparer to call, or null for what the compiler can inline: a value type's default equality, ordinal strings.
    /// </summary>
    public IEqualityComparer<TKey>? Comparer { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Hash(TKey key)
        => Comparer is not null ? _secrets.Mix((uint)Comparer.GetHashCode(key)) : HashBuiltIn(key);

    /// <summary>The hash of a key when there is no comparer to call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong HashBuiltIn(TKey key)
    {
        if (typeof(TKey) == typeof(long) || typeof(TKey) == typeof(ulong))
        {
            return _secrets.Mix(Unsafe.As<TKey, ulong>(ref key));
        }

        if (typeof(TKey) == typeof(int) || typeof(TKey) == typeof(uint))
        {
            return _secrets.Mix(Unsafe.As<TKey, uint>(ref key));
        }

        if (typeof(TKey) == typeof(Guid))
        {
            UInt128 bits = Unsafe.As<TKey, UInt128>(ref key);
            return _secrets.Mix((ulong)bits, (ulong)(bits >> 64));
        }

        return typeof(TKey).IsValueType
            ? _secrets.Mix((uint)EqualityComparer<TKey>.Default.GetHashCode(key))
            : StringHash.Hash(Unsafe.As<TKey, string>(ref key), _secrets);
    }

    /// <summary>The hash of the string that has these characters; only for ordinal string keys.</summary>
    public ulong Hash(ReadOnlySpan<char> key) => StringHash.Hash(key, _secrets);

    /// <summary>The hash of a key whose comparer gave <paramref name="hashCode"/> for its alternate form.</summary>
    public ulong Hash(int hashCode) => _secrets.Mix((uint)hashCode);

    private static IEqualityComparer<TKey>? Normalize(IEqualityComparer<TKey>? comparer)
    {
        bool isDefault = comparer is null || ReferenceEquals(comparer, EqualityComparer<TKey>.Default);
        if (typeof(TKey) == typeof(string))
        {
            return isDefault || ReferenceEquals(comparer, StringComparer.Ordinal) ? null : comparer;
        }

        if (typeof(TKey).IsValueType)
        {
            return isDefault ? null : comparer;
        }

        return comparer ?? EqualityComparer<TKey>.Default;
    }
}
