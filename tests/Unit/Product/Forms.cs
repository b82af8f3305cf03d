using System.Buffers.Binary;
using System.Globalization;
using FastCache.Tests.Unit.Stress;
using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Unit.Product;

/// <summary>The keys and values of every kind.</summary>
internal static class Forms
{
    private const string Prefix = "key ";
    private static readonly Type[] KeyTypes = [typeof(int), typeof(long), typeof(Guid), typeof(string), typeof(Paired), typeof(string)];
    private static readonly Type[] ValueTypes = [typeof(Note), typeof(IntPair), typeof(Wide), typeof(Block), typeof(Note)];

    public static Type TypeOf(KeyKind kind) => KeyTypes[(int)kind];

    public static Type TypeOf(ValueKind kind) => ValueTypes[(int)kind];

    public static KeyForm<TKey> Keys<TKey>(KeyKind kind)
        where TKey : notnull
        => (KeyForm<TKey>)Keys(kind);

    public static ValueForm<TValue> Values<TValue>(ValueKind kind) => (ValueForm<TValue>)Values(kind);

    private static object Keys(KeyKind kind) => kind switch
    {
        KeyKind.Ints => Plain(static number => number, static key => key),
        KeyKind.Longs => Plain(static number => number * 4_294_967_296L, static key => (int)(key >> 32)),
        KeyKind.Guids => Plain(ToGuid, static key => BinaryPrimitives.ReadInt32LittleEndian(key.ToByteArray())),
        KeyKind.Structs => Plain(static number => new Paired(number, ToText(number)), static key => key.Number),
        KeyKind.Texts => Plain(ToText, ToNumber),
        _ => new KeyForm<string>(
            ToText, static number => ToText(number).ToUpperInvariant(), ToNumber, StringComparer.OrdinalIgnoreCase),
    };

    private static object Values(ValueKind kind) => kind switch
    {
        ValueKind.Word => new ValueForm<IntPair>(
            static (number, version) => new IntPair(number, version), static value => (value.First, value.Second)),
        ValueKind.Wide => new ValueForm<Wide>(
            static (number, version) => new Wide(number, version, $"{number}.{version}"), ReadWide),
        ValueKind.Block => new ValueForm<Block>(
            static (number, version) => new Block(number, version), static value => value.Content),
        ValueKind.Null => new ValueForm<Note?>(
            static (number, version) => version % 2 == 0 ? null : new Note(number, version), ReadNote),
        _ => new ValueForm<Note>(static (number, version) => new Note(number, version), ReadNote),
    };

    private static KeyForm<TKey> Plain<TKey>(Func<int, TKey> make, Func<TKey, int> numberOf)
        where TKey : notnull
        => new(make, make, numberOf, null);

    private static Guid ToGuid(int number) => new(number, (short)number, 2, 3, 4, 5, 6, 7, 8, 9, 10);

    private static string ToText(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}");

    private static int ToNumber(string text) => int.Parse(text.AsSpan(Prefix.Length), CultureInfo.InvariantCulture);

    private static (int Number, int Version)? ReadNote(Note? value) => value is null ? null : (value.Number, value.Version);

    private static (int Number, int Version)? ReadWide(Wide value)
        => value.Text == $"{value.First}.{value.Second}"
            ? ((int)value.First, (int)value.Second)
            : throw new InvalidDataException($"torn: {value}");
}
