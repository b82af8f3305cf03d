using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using FastCache.Table;

namespace FastCache.Extensions.Memory;

/// <summary>A key of any type, compared by its own equality.</summary>
/// <remarks>
/// A struct in place of a comparer: for a value type the cache compiles hash and equality into the code that reads, where a comparer of
/// objects is called through its interface, twice a read. Strings are hashed with a secret, as a cache of strings hashes them.
/// </remarks>
internal readonly struct ObjectKey(object value) : IEquatable<ObjectKey>
{
    // Of the process: a struct has no place for one of its cache, which mixes its own seed in.
    private static readonly HashSecrets Secrets = new(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));

    /// <summary>The key.</summary>
    public object Value { get; } = value;

    /// <summary>The hash code of the string that has these characters.</summary>
    // Half of it: the cache spreads it over 64 bits again.
    public static int HashCodeOf(ReadOnlySpan<char> text) => (int)StringHash.Hash(text, Secrets);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(ObjectKey other)
        => ReferenceEquals(Value, other.Value)
            || (Value is string one ? other.Value is string two && string.Equals(one, two) : Value.Equals(other.Value));

    public override string? ToString() => Value?.ToString();

    public override bool Equals(object? obj) => obj is ObjectKey other && Equals(other);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override int GetHashCode() => Value is string text ? HashCodeOf(text) : Value.GetHashCode();
}
