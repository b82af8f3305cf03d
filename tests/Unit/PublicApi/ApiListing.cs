using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace FastCache.Tests.Unit.PublicApi;

/// <summary>All that an assembly offers to its users: one line a type, one line a member, in an order that does not depend on the source's.</summary>
internal static class ApiListing
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // The compiler's mark of a type that takes no null.
    private const byte NotNull = 1;

    private static readonly NullabilityInfoContext Nullability = new();

    public static string[] Of(Assembly assembly)
        => [.. assembly.GetExportedTypes().OrderBy(static type => type.FullName, StringComparer.Ordinal).SelectMany(LinesOf)];

    private static IEnumerable<string> LinesOf(Type type)
    {
        IEnumerable<string> members = type.IsEnum
            ? Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}")
            : type.GetMembers(Declared).Select(LineOf).OfType<string>().Order(StringComparer.Ordinal);
        return [Header(type), .. members.Select(static line => "    " + line)];
    }

    private static string Header(Type type)
    {
        string[] words =
        [
            type.IsAbstract && type.IsSealed ? "static" : type.IsAbstract && !type.IsInterface ? "abstract" : "",
            type.IsSealed && !type.IsAbstract && !type.IsValueType ? "sealed" : "",
            type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly" : "",
            type.IsByRefLike ? "ref" : "",
            type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsInterface ? "interface" : IsDelegate(type) ? "delegate" : "class",
            TypeName.Of(type),
        ];
        IEnumerable<Type> inherited = type.IsEnum || IsDelegate(type) ? [] : type.GetInterfaces().Where(static face => face.IsPublic);
        IEnumerable<Type> bases = type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && !type.IsEnum ? [parent] : [];
        string[] over = [.. bases.Select(static parent => TypeName.Of(parent)), .. inherited.Select(static face => TypeName.Of(face)).Order(StringComparer.Ordinal)];
        return Joined(words) + (over.Length == 0 ? "" : " : " + string.Join(", ", over)) + Constraints(type.GetGenericArguments());
    }

    private static string? LineOf(MemberInfo member) => member switch
    {
        MethodInfo method when IsOffered(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) => LineOf(method),
        ConstructorInfo constructor when IsOffered(constructor) => $"{Access(constructor)}.ctor({Parameters(constructor)})",
        PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsOffered) => LineOf(property),
        EventInfo happening when IsOffered(happening.AddMethod!) => $"event {TypeName.Of(happening.EventHandlerType!, Nullability.Create(happening))} {happening.Name}",
        FieldInfo { IsPublic: true } field => LineOf(field),
        _ => null,
    };

    private static string LineOf(MethodInfo method)
    {
        string arguments = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(static argument => argument.Name))}>" : "";
        string name = $"{Access(method)}{Modifiers(method)}{ReturnOf(method)} {method.Name}{arguments}({Parameters(method)})";
        return name + Constraints(method.GetGenericArguments());
    }

    private static string ReturnOf(MethodInfo method)
        => (method.ReturnType.IsByRef ? "ref " : "") + TypeName.Of(method.ReturnType, Nullability.Create(method.ReturnParameter));

    private static string LineOf(PropertyInfo property)
    {
        string index = property.GetIndexParameters().Length == 0 ? "" : $"[{string.Join(", ", property.GetIndexParameters().Select(LineOf))}]";
        MethodInfo[] accessors = [.. property.GetAccessors(nonPublic: true).Where(IsOffered)];
        IEnumerable<string> ways = accessors.Select(accessor => accessor == property.GetMethod ? "get" : IsInit(accessor) ? "init" : "set");
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        string type = TypeName.Of(property.PropertyType, Nullability.Create(property));
        return $"{Access(accessors[0])}{Modifiers(accessors[0])}{required}{type} {property.Name}{index} {{ {string.Join("; ", ways.Order(StringComparer.Ordinal))}; }}";
    }

    private static string LineOf(FieldInfo field)
    {
        string value = field.IsLiteral ? $" = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}" : "";
        string kind = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        return $"{kind}{TypeName.Of(field.FieldType, Nullability.Create(field))} {field.Name}{value}";
    }

    private static string Parameters(MethodBase method)
    {
        string receiver = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return receiver + string.Join(", ", method.GetParameters().Select(LineOf));
    }

    private static string LineOf(ParameterInfo parameter)
    {
        string way = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "";
        string many = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "";
        string usual = !parameter.HasDefaultValue ? "" : $" = {Convert.ToString(parameter.RawDefaultValue, CultureInfo.InvariantCulture) switch { null or "" => "default", { } text => text }}";
        return $"{many}{way}{TypeName.Of(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}{usual}";
    }

    private static string Constraints(Type[] arguments)
        => string.Concat(arguments.Where(static argument => argument.IsGenericParameter).Select(static argument =>
        {
            GenericParameterAttributes kinds = argument.GenericParameterAttributes;
            string[] words =
            [
                kinds.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint) ? "struct" : "",
                kinds.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? "class" : "",
                IsNotNull(argument) ? "notnull" : "",
                .. argument.GetGenericParameterConstraints().Where(static type => type != typeof(ValueType)).Select(static type => TypeName.Of(type)),
                kinds.HasFlag(GenericParameterAttributes.AllowByRefLike) ? "allows ref struct" : "",
            ];
            string text = string.Join(", ", words.Where(static word => word.Length > 0));
            return text.Length == 0 ? "" : $" where {argument.Name} : {text}";
        }));

    private static string Modifiers(MethodInfo method)
        => method.IsStatic ? "static "
            : method.DeclaringType!.IsInterface ? ""
            : method.IsAbstract ? "abstract "
            : method.GetBaseDefinition() != method ? "override "
            : method.IsVirtual && !method.IsFinal ? "virtual " : "";

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static bool IsOffered(MethodBase method) => method.IsPublic || (IsInheritable(method.DeclaringType!) && (method.IsFamily || method.IsFamilyOrAssembly));

    private static bool IsInheritable(Type type) => !type.IsSealed;

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static bool IsDelegate(Type type) => type.IsSubclassOf(typeof(Delegate));

    private static bool IsNotNull(Type argument)
        => (argument.GenericParameterAttributes & (GenericParameterAttributes.NotNullableValueTypeConstraint | GenericParameterAttributes.ReferenceTypeConstraint)) == 0
            && (MarkOf(argument, "NullableAttribute") ?? ContextOf(argument)) == NotNull;

    // What a parameter does not say itself, its method or its type says for all.
    private static byte? ContextOf(Type argument)
    {
        byte? ofMethod = argument.DeclaringMethod is { } method ? MarkOf(method, "NullableContextAttribute") : null;
        return ofMethod ?? MarkOf(argument.DeclaringType!, "NullableContextAttribute");
    }

    private static byte? MarkOf(MemberInfo member, string attribute)
        => member.CustomAttributes.FirstOrDefault(mark => mark.AttributeType.Name == attribute)?.ConstructorArguments[0].Value as byte?;

    private static string Joined(IEnumerable<string> words) => string.Join(' ', words.Where(static word => word.Length > 0));
}
