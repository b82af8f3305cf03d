using System.Text.Json.Serialization;

namespace FastCache.Tests.Persistence.Serialization;

/// <summary>What the source generator makes of the types that the tests write as JSON.</summary>
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Hooked))]
[JsonSerializable(typeof(long))]
internal sealed partial class JsonTypes : JsonSerializerContext;
