namespace FastCache.Tests.Unit.Product;

/// <summary>The kinds of keys that are hashed, stored or compared in different ways.</summary>
public enum KeyKind
{
    Ints,
    Longs,
    Guids,
    Texts,

    /// <summary>A struct with a reference, and an equality of its own.</summary>
    Structs,

    /// <summary>Strings, compared by a comparer to which unlike strings are equal.</summary>
    Compared,
}
