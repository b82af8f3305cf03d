namespace FastCache.Tests.Unit.Product;

/// <summary>How much a cache may hold.</summary>
public enum SizeKind
{
    One,
    Two,
    Small,

    /// <summary>Enough for several shards, and for tables that grow.</summary>
    Large,
}
