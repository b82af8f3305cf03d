using System.Security.Cryptography;
using FastCache.Table;

namespace FastCache.Extensions.Memory;

/// <summary>
/// Compares keys by their own equality; strings are hashed as a cache of strings hashes them, and can be looked up by their characters.
/// </summary>
internal sealed class ObjectKeyComparer : IEqualityComparer<object>, IAlternateEqualityComparer<ReadOnlySpan<char>, object>
{
    private readonly HashSecrets _secrets = new(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));

    bool IEqualityComparer<object>.Equals(object? x, object? y)
        => ReferenceEquals(x, y) || (x is string one ? y is string other && string.Equals(one, other) : x is not null && x.Equals(y));

    public int GetHashCode(object obj) => obj is string text ? GetHashCode(text.AsSpan()) : obj.GetHashCode();

    public bool Equals(ReadOnlySpan<char> alternate, object other) => other is string text && alternate.SequenceEqual(text);

    // Half of it: the cache spreads it over 64 bits again.
    public int GetHashCode(ReadOnlySpan<char> alternate) => (int)StringHash.Hash(alternate, _secrets);

    public object Create(ReadOnlySpan<char> alternate) => alternate.ToString();
}
