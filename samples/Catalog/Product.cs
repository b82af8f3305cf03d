using System.Text.Json.Serialization;

namespace FastCache.Samples.Catalog;

/// <summary>What the catalog sells.</summary>
internal sealed record Product(int Id, string Name, string Brand, decimal Price);

/// <summary>How products and price lists stand on the disk: JSON without reflection.</summary>
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(PriceList))]
internal sealed partial class ProductJson : JsonSerializerContext;
