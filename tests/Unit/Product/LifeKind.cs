namespace FastCache.Tests.Unit.Product;

/// <summary>How the options of a cache say that its entries expire.</summary>
public enum LifeKind
{
    Forever,
    AfterWrite,
    AfterAccess,
    Computed,
}
