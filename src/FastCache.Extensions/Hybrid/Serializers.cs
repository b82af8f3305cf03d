using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace FastCache.Extensions.Hybrid;

/// <summary>How values of each type become bytes.</summary>
/// <remarks>
/// In this order: an <see cref="IHybridCacheSerializer{T}"/> of the container; its factories, the last one first; strings and byte arrays as
/// they are; JSON. Asked once a type.
/// </remarks>
internal sealed class Serializers(IServiceProvider? services)
{
    private readonly ConcurrentDictionary<Type, object> _known = new();
    private readonly IHybridCacheSerializerFactory[] _factories = [.. services?.GetServices<IHybridCacheSerializerFactory>().Reverse() ?? []];

    /// <exception cref="InvalidOperationException">There is none for this type.</exception>
    public IHybridCacheSerializer<T> Of<T>()
        => (IHybridCacheSerializer<T>)(_known.TryGetValue(typeof(T), out object? known) ? known : _known.GetOrAdd(typeof(T), Find<T>()));

    private object Find<T>()
    {
        if (services?.GetService<IHybridCacheSerializer<T>>() is { } registered)
        {
            return registered;
        }

        foreach (IHybridCacheSerializerFactory factory in _factories)
        {
            if (factory.TryCreateSerializer(out IHybridCacheSerializer<T>? made))
            {
                return made;
            }
        }

        return typeof(T) == typeof(string) ? new StringSerializer()
            : typeof(T) == typeof(byte[]) ? new ByteArraySerializer()
            : new JsonValueSerializer<T>(services);
    }
}
