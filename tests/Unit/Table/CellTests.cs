using System.Runtime.CompilerServices;
using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class CellTests
{
    [Fact]
    public void References_and_values_of_1_2_4_or_8_bytes_are_cells()
    {
        Assert.True(Cell.Holds<string>());
        Assert.True(Cell.Holds<object>());
        Assert.True(Cell.Holds<byte>());
        Assert.True(Cell.Holds<bool>());
        Assert.True(Cell.Holds<short>());
        Assert.True(Cell.Holds<char>());
        Assert.True(Cell.Holds<int>());
        Assert.True(Cell.Holds<float>());
        Assert.True(Cell.Holds<long>());
        Assert.True(Cell.Holds<DateTime>());
        Assert.True(Cell.Holds<(int, int)>());
        Assert.True(Cell.Holds<ValueTuple<string>>());
    }

    [Fact]
    public void Values_of_any_other_size_are_not()
    {
        Assert.False(Cell.Holds<Guid>());
        Assert.False(Cell.Holds<decimal>());
        Assert.False(Cell.Holds<(int, int, int)>());
        Assert.False(Cell.Holds<ThreeBytes>());
        Assert.False(Cell.Holds<(string, string)>());
        Assert.False(Cell.Holds<(int, string)>());
        Assert.False(Cell.Holds<Int128>());
    }

    [Fact]
    public void What_was_written_is_read()
    {
        AssertRoundTrip((byte)0xA5);
        AssertRoundTrip(true);
        AssertRoundTrip(unchecked((short)0xBEEF));
        AssertRoundTrip(((byte)1, (byte)2));
        AssertRoundTrip(unchecked((int)0xDEAD_BEEF));
        AssertRoundTrip(((short)-1, (short)2));
        AssertRoundTrip(3.5f);
        AssertRoundTrip(long.MinValue + 7);
        AssertRoundTrip((int.MinValue, int.MaxValue));
        AssertRoundTrip(Math.PI);
        AssertRoundTrip(DateTime.UnixEpoch);
        AssertRoundTrip("text");
        AssertRoundTrip<string?>(null);
        AssertRoundTrip(ValueTuple.Create("wrapped"));
    }

    [Fact]
    public void Writing_a_cell_leaves_its_neighbours_alone()
    {
        (short, short)[] cells = [(1, 2), (3, 4), (5, 6)];
        byte[] bytes = [1, 2, 3];

        Cell.Write(ref cells[1], ((short)-3, (short)-4));
        Cell.Write(ref bytes[1], (byte)0);

        Assert.Equal([(1, 2), (-3, -4), (5, 6)], cells);
        Assert.Equal<byte>([1, 0, 3], bytes);
    }

    [Fact]
    public void A_value_that_is_a_cell_is_stored_as_itself()
    {
        Assert.Equal(42, Cell.Store<int, int>(42));
        Assert.Equal(42, Cell.Load<int, int>(42));
        Assert.Same("text", Cell.Store<string, string>("text"));
    }

    [Fact]
    public void Any_other_value_is_copied_anew_by_each_store()
    {
        var value = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");

        StrongBox<Guid> first = Cell.Store<Guid, StrongBox<Guid>>(value);
        StrongBox<Guid> second = Cell.Store<Guid, StrongBox<Guid>>(value);

        Assert.NotSame(first, second);
        Assert.Equal(value, Cell.Load<Guid, StrongBox<Guid>>(first));
    }

    private static void AssertRoundTrip<T>(T value)
    {
        T[] cells = new T[3];

        Cell.Write(ref cells[1], value);

        Assert.Equal(value, Cell.Read(ref cells[1]));
        Assert.Equal(value, cells[1]);
    }

#pragma warning disable CS0169 // Only the layout counts.
    private readonly struct ThreeBytes
    {
        private readonly byte _a, _b, _c;
    }
#pragma warning restore CS0169
}
