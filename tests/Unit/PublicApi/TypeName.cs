using System.Reflection;

namespace FastCache.Tests.Unit.PublicApi;

/// <summary>Types as C# writes them, with their nullable annotations but those of type parameters, which reflection does not tell.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    public static string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability?.ElementType ?? nullability);
        }

        string mark = nullability is { ReadState: NullabilityState.Nullable } && !type.IsValueType && !type.IsGenericParameter ? "?" : "";
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying) + "?";
        }

        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[]{mark}";
        }

        if (type.IsGenericParameter || Keywords.ContainsKey(type))
        {
            return Keywords.GetValueOrDefault(type, type.Name) + mark;
        }

        string name = type.IsNested ? $"{Of(type.DeclaringType!)}.{type.Name}" : $"{type.Namespace}.{type.Name}";
        if (!type.IsGenericType || !name.Contains('`', StringComparison.Ordinal))
        {
            return name + mark;
        }

        NullabilityInfo[] known = nullability?.GenericTypeArguments ?? [];
        IEnumerable<string> arguments = type.GetGenericArguments().Select((argument, index) => Of(argument, known.ElementAtOrDefault(index)));
        return $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", arguments)}>{mark}";
    }
}
