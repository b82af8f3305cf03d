using System.Reflection;
using System.Runtime.CompilerServices;
using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class EntryTests
{
    private static readonly Type[] Keys =
    [
        typeof(byte), typeof(short), typeof(int), typeof(long), typeof(Guid), typeof(string), typeof((int, string)),
        typeof((string, byte)), typeof(TwelveBytes), typeof(ThreeBytes), typeof(OneReference), typeof((byte, byte)),
        typeof(decimal),
    ];

    private static readonly Type[] Cells =
    [
        typeof(byte), typeof(bool), typeof(short), typeof(char), typeof(int), typeof(float), typeof(DayOfWeek), typeof(long),
        typeof(double), typeof(DateTime), typeof(nint), typeof(string), typeof(int[]), typeof(TwoInts), typeof(EightBytes),
        typeof(FourBytes), typeof(TwoBytes), typeof(OneReference), typeof((short, short)), typeof(ValueTuple<object>),
    ];

    public static TheoryData<Type, Type> EveryKeyWithEveryCell()
    {
        var pairs = new TheoryData<Type, Type>();
        foreach (Type key in Keys)
        {
            foreach (Type cell in Cells)
            {
                pairs.Add(key, cell);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(EveryKeyWithEveryCell), DisableDiscoveryEnumeration = true)]
    public void A_cell_is_aligned_for_one_instruction_whatever_the_key(Type key, Type cell)
        => typeof(EntryTests).GetMethod(nameof(AssertAligned), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(key, cell)
            .Invoke(null, null);

    [Fact]
    public void The_version_is_the_low_half_of_the_state_word()
    {
        var entry = new Entry<long, long> { StateWord = 0x1111_2222_3333_4444 };

        entry.Version++;

        Assert.Equal(0x1111_2222_3333_4445u, entry.StateWord);
    }

    private static void AssertAligned<TKey, TCell>()
    {
        Assert.True(Cell.Holds<TCell>());
        var entries = new Entry<TKey, TCell>[2];
        int size = Unsafe.SizeOf<TCell>();

        nint cell = Offset(ref entries[0].StateWord, ref entries[0].Cell) + OffsetOfStateWord<TKey, TCell>();
        nint stride = Offset(ref entries[0], ref entries[1]);

        // Arrays begin at a multiple of 8, so offset and stride decide.
        Assert.Equal(0, cell % size);
        Assert.Equal(0, stride % sizeof(ulong));
        Assert.Equal(0, OffsetOfStateWord<TKey, TCell>() % sizeof(ulong));
    }

    private static nint OffsetOfStateWord<TKey, TCell>()
    {
        var entry = default(Entry<TKey, TCell>);
        return Offset(ref entry, ref entry.StateWord);
    }

    private static nint Offset<TFrom, TTo>(ref TFrom from, ref TTo to)
        => Unsafe.ByteOffset(ref Unsafe.As<TFrom, byte>(ref from), ref Unsafe.As<TTo, byte>(ref to));

#pragma warning disable CS0169 // Only the layout counts.
    private readonly struct TwelveBytes
    {
        private readonly int _a, _b, _c;
    }

    private readonly struct ThreeBytes
    {
        private readonly byte _a, _b, _c;
    }

    private readonly struct TwoInts
    {
        private readonly int _a, _b;
    }

    private readonly struct EightBytes
    {
        private readonly byte _a, _b, _c, _d, _e, _f, _g, _h;
    }

    private readonly struct FourBytes
    {
        private readonly byte _a, _b, _c, _d;
    }

    private readonly struct TwoBytes
    {
        private readonly byte _a, _b;
    }

    private readonly struct OneReference
    {
        private readonly string _a;
    }
#pragma warning restore CS0169
}
