namespace FastCache.Tests.Unit.Product;

/// <summary>The kinds of values that are stored in different ways.</summary>
public enum ValueKind
{
    Reference,

    /// <summary>8 bytes, stored in place.</summary>
    Word,

    /// <summary>24 bytes, one reference among them; behind a reference.</summary>
    Wide,

    /// <summary>128 bytes; behind a reference.</summary>
    Block,

    /// <summary>References, of which every second is null.</summary>
    Null,
}
