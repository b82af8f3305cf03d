using System.Text.Json.Serialization;

namespace FastCache.Samples.Catalog;

/// <summary>What the catalog sells.</summary>
internal sealed record Product(int Id, string Name, string Brand, decimal Price);

/// <summary>How products stand in the log: JSON without reflection.</summary>
[JsonSerializable(typeof(Product))]
internal sealed partial class ProductJson : JsonSerializerContext;
