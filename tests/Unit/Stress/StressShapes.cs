using System.Buffers.Binary;
using System.Globalization;
using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Unit.Stress;

/// <summary>A value of several words, one behind a reference, whose parts must fit together.</summary>
internal sealed record Stamp(int Number, int Counter, ulong Checksum)
{
    public static Stamp Of(int number, int counter) => new(number, counter, Checksums.Of(number, counter));

    public int Validate(int number) => Checksums.Validate(number, Number, Counter, Checksum);
}

/// <summary>What proves that the parts of a value were written together, for the key that they were found by.</summary>
internal static class Checksums
{
    public static ulong Of(int number, int counter)
    {
        ulong mixed = (((ulong)(uint)number << 32) | (uint)counter) * 0x9E3779B97F4A7C15;
        return (mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9;
    }

    public static int Validate(int expectedNumber, int number, int counter, ulong checksum)
        => checksum != Of(number, counter)
            ? throw new InvalidDataException($"torn value of key {expectedNumber}: ({number}, {counter}, {checksum:x})")
            : number != expectedNumber
                ? throw new InvalidDataException($"foreign value: key {expectedNumber} has the value of {number}")
                : counter;
}

/// <summary>Integers with references: everything in place.</summary>
internal readonly struct LongToReference : IStressShape<long, Stamp>
{
    public static long Key(int number) => number * 7919L;

    public static int NumberOf(long key) => (int)(key / 7919);

    public static Stamp Value(int number, int counter) => Stamp.Of(number, counter);

    public static int Validate(int number, Stamp value) => value.Validate(number);
}

/// <summary>Integers with integers: number (20 bits), counter (24 bits) and a checksum (20 bits) in one word.</summary>
internal readonly struct LongToLong : IStressShape<long, long>
{
    public static long Key(int number) => number;

    public static int NumberOf(long key) => (int)key;

    public static long Value(int number, int counter)
        => ((long)number << 44) | ((long)counter << 20) | (long)(Checksums.Of(number, counter) & 0xFFFFF);

    public static int Validate(int number, long value)
    {
        int foundNumber = (int)(value >> 44);
        int counter = (int)(value >> 20) & 0xFFFFFF;
        ulong checksum = Checksums.Of(foundNumber, counter);
        return Checksums.Validate(number, foundNumber, counter, checksum ^ ((ulong)value & 0xFFFFF) ^ (checksum & 0xFFFFF));
    }
}

/// <summary>Integers with two fields of four bytes each, which one instruction must write together.</summary>
internal readonly struct IntToPair : IStressShape<int, IntPair>
{
    public static int Key(int number) => number;

    public static int NumberOf(int key) => key;

    public static IntPair Value(int number, int counter) => new(counter, counter ^ (int)Checksums.Of(number, 0));

    public static int Validate(int number, IntPair value)
        => (value.First ^ value.Second) == (int)Checksums.Of(number, 0)
            ? value.First
            : throw new InvalidDataException($"torn or foreign value of key {number}: {value}");
}

/// <summary>Keys of two words, compared in place.</summary>
internal readonly struct GuidToReference : IStressShape<Guid, Stamp>
{
    public static Guid Key(int number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Checksums.Of(number, 1));
        return new Guid(bytes);
    }

    public static int NumberOf(Guid key)
    {
        Span<byte> bytes = stackalloc byte[16];
        key.TryWriteBytes(bytes);
        int number = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        return Key(number) == key ? number : throw new InvalidDataException($"torn key {key}");
    }

    public static Stamp Value(int number, int counter) => Stamp.Of(number, counter);

    public static int Validate(int number, Stamp value) => value.Validate(number);
}

/// <summary>Keys behind references.</summary>
internal readonly struct TextToReference : IStressShape<string, Stamp>
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 100_000).Select(number => $"key {number}")];

    // The same characters, another object: equality must not be identity.
    public static string Key(int number) => number % 4 == 0 ? $"key {number}" : Keys[number];

    public static int NumberOf(string key) => int.Parse(key.AsSpan("key ".Length), CultureInfo.InvariantCulture);

    public static Stamp Value(int number, int counter) => Stamp.Of(number, counter);

    public static int Validate(int number, Stamp value) => value.Validate(number);
}

/// <summary>24 bytes, copied to the heap by each write.</summary>
internal readonly struct LongToWide : IStressShape<long, Wide>
{
    public static long Key(int number) => number;

    public static int NumberOf(long key) => (int)key;

    public static Wide Value(int number, int counter)
        => new(((long)number << 32) | (uint)counter, (long)Checksums.Of(number, counter), string.Empty);

    public static int Validate(int number, Wide value)
        => value.Text is null
            ? throw new InvalidDataException($"torn value of key {number}")
            : Checksums.Validate(number, (int)(value.First >> 32), (int)value.First, (ulong)value.Second);
}

/// <summary>Keys of a word and a reference, which the application's own code compares.</summary>
internal readonly struct StructToLong : IStressShape<Paired, long>
{
    public static Paired Key(int number) => new(number, TextToReference.Key(number));

    public static int NumberOf(Paired key) => key.Number;

    public static long Value(int number, int counter) => LongToLong.Value(number, counter);

    public static int Validate(int number, long value) => LongToLong.Validate(number, value);
}
