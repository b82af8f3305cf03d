using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace FastCache.Extensions.Hybrid;

/// <summary>Everything else as JSON.</summary>
/// <remarks>
/// Options are those that the container has under the key <c>typeof(IHybridCacheSerializer&lt;T&gt;)</c>, or, for all types,
/// <c>typeof(IHybridCacheSerializer&lt;&gt;)</c>. Without any, types are looked at by reflection, where the application allows that.
/// </remarks>
internal sealed class JsonValueSerializer<T>(IServiceProvider? services) : IHybridCacheSerializer<T>
{
    private readonly JsonTypeInfo<T> _type = TypeInfoOf(OptionsOf(services));

    public T Deserialize(ReadOnlySequence<byte> source)
    {
        var reader = new Utf8JsonReader(source, new JsonReaderOptions { MaxDepth = _type.Options.MaxDepth });
        T value = JsonSerializer.Deserialize(ref reader, _type)!;
        return reader.Read() ? throw new JsonException("There is more than one value.") : value;
    }

    public void Serialize(T value, IBufferWriter<byte> target)
    {
        using var writer = new Utf8JsonWriter(target);
        JsonSerializer.Serialize(writer, value, _type);
    }

    private static JsonSerializerOptions? OptionsOf(IServiceProvider? services)
        => services is not IKeyedServiceProvider keyed ? null
            : keyed.GetKeyedService<JsonSerializerOptions>(typeof(IHybridCacheSerializer<T>))
                ?? keyed.GetKeyedService<JsonSerializerOptions>(typeof(IHybridCacheSerializer<>));

    private static JsonTypeInfo<T> TypeInfoOf(JsonSerializerOptions? options)
    {
        try
        {
            return options is { TypeInfoResolver: not null } ? (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T))
                : JsonSerializer.IsReflectionEnabledByDefault ? (JsonTypeInfo<T>)JsonByReflection.Of(options).GetTypeInfo(typeof(T))
                : throw new NotSupportedException("Reflection is switched off, and there is no TypeInfoResolver.");
        }
        catch (NotSupportedException fault)
        {
            throw new InvalidOperationException(
                $"A hybrid cache has no serializer for {typeof(T)}. Register an IHybridCacheSerializer<T>, an IHybridCacheSerializerFactory, or "
                + "JsonSerializerOptions with a TypeInfoResolver under the key typeof(IHybridCacheSerializer<>).",
                fault);
        }
    }
}
