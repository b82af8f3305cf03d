using System.Collections.Immutable;
using System.ComponentModel;

namespace FastCache.Samples.Catalog;

/// <summary>What a brand sells for less than a price. Says that it cannot be changed, so all requests share one in the cache.</summary>
[ImmutableObject(true)]
internal sealed record PriceList(string Brand, int Below, ImmutableArray<Product> Products);
