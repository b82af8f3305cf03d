using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace FastCache.Extensions.Hybrid;

/// <summary>What a hybrid cache knows of a type of values.</summary>
internal static class TypeFacts<T>
{
    // An object and a reference to it: what is inside cannot be seen.
    private const int ObjectSize = 64;

    /// <summary>
    /// Whether callers can share a value: strings; values without references, as each caller gets a copy; and what says so by
    /// <see cref="ImmutableObjectAttribute"/>, if it cannot be derived from.
    /// </summary>
    public static readonly bool IsImmutable = typeof(T) == typeof(string)
        || (typeof(T).IsValueType && !RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        || IsDeclaredImmutable(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T));

    /// <summary>What a shared value takes in memory, about, in bytes.</summary>
    public static int SizeOf(T value)
        => value is string text ? (int)Math.Min(int.MaxValue, 2L * text.Length)
            : typeof(T).IsValueType ? Unsafe.SizeOf<T>()
            : value is null ? 0
            : ObjectSize;

    private static bool IsDeclaredImmutable(Type type)
        => (type.IsValueType || (type.IsClass && type.IsSealed)) && type.GetCustomAttribute<ImmutableObjectAttribute>() is { Immutable: true };
}
