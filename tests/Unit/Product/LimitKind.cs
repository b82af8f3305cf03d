namespace FastCache.Tests.Unit.Product;

/// <summary>What a cache counts.</summary>
public enum LimitKind
{
    Entries,
    Weight,
}
