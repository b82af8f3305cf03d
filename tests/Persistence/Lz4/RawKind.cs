namespace FastCache.Tests.Persistence.Lz4;

/// <summary>What the raw bytes of a block look like.</summary>
public enum RawKind
{
    Zeros,

    /// <summary>1 to 40 random bytes, again and again.</summary>
    Pattern,

    Json,

    /// <summary>Words from a small dictionary.</summary>
    Text,

    /// <summary>Random letters of an alphabet of four: many short matches.</summary>
    FewLetters,

    Random,

    /// <summary>Pieces of all others, and copies of earlier pieces from any distance.</summary>
    Mixture,
}
