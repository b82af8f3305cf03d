using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using FastCache.Persistence.Serialization;

namespace FastCache.Persistence;

/// <summary>The serializers that there are.</summary>
public static class LogSerializer
{
    /// <summary>
    /// The built-in serializer of a type: the primitive numbers, <see cref="bool"/>, <see cref="char"/>, <see cref="decimal"/>,
    /// <see cref="DateTime"/>, <see cref="DateTimeOffset"/>, <see cref="TimeSpan"/>, <see cref="Guid"/>, <see cref="string"/>,
    /// arrays of bytes and <see cref="ReadOnlyMemory{T}"/> of bytes.
    /// </summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="serializer">Its serializer.</param>
    /// <returns>False if there is none.</returns>
    public static bool TryGet<T>([NotNullWhen(true)] out ILogSerializer<T>? serializer)
    {
        serializer = BuiltIn.Find(typeof(T)) as ILogSerializer<T>;
        return serializer is not null;
    }

    /// <summary>
    /// The built-in serializer of a type as a key: as <see cref="TryGet"/>, but without the types of which equal values may have
    /// different bytes: <see cref="float"/>, <see cref="double"/>, <see cref="decimal"/>, <see cref="DateTime"/>,
    /// <see cref="DateTimeOffset"/>, and bytes.
    /// </summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="serializer">Its serializer.</param>
    /// <returns>False if there is none.</returns>
    public static bool TryGetForKeys<T>([NotNullWhen(true)] out ILogSerializer<T>? serializer)
    {
        serializer = BuiltIn.FindForKeys(typeof(T)) as ILogSerializer<T>;
        return serializer is not null;
    }

    /// <summary>A serializer by System.Text.Json, without reflection.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="typeInfo">What the source generator has made for the type.</param>
    /// <param name="version">Part of the format's name: change it when older values can no longer be read.</param>
    /// <exception cref="ArgumentNullException"><paramref name="typeInfo"/> is null.</exception>
    public static ILogSerializer<T> Json<T>(JsonTypeInfo<T> typeInfo, int version = 1)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return new JsonLogSerializer<T>(typeInfo, version);
    }
}
