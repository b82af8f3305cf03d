using FastCache.Persistence;
using Xunit;

namespace FastCache.Tests.Persistence.Serialization;

public sealed class BuiltInSerializerTests
{
    [Fact]
    public void Numbers_are_written_lowest_byte_first_and_read_back_at_their_extremes()
    {
        AssertWire("00 01", false, true);
        AssertWire("00 01 FF", byte.MinValue, (byte)1, byte.MaxValue);
        AssertWire("80 FF 7F", sbyte.MinValue, (sbyte)-1, sbyte.MaxValue);
        AssertWire("0080 FFFF FF7F", short.MinValue, (short)-1, short.MaxValue);
        AssertWire("0000 0201 FFFF", ushort.MinValue, (ushort)0x0102, ushort.MaxValue);
        AssertWire("0000 00D8 FFFF", char.MinValue, '\uD800', char.MaxValue);
        AssertWire("00000080 04030201 FFFFFF7F", int.MinValue, 0x0102_0304, int.MaxValue);
        AssertWire("00000000 04030201 FFFFFFFF", uint.MinValue, 0x0102_0304u, uint.MaxValue);
        AssertWire("0000000000000080 0807060504030201 FFFFFFFFFFFFFF7F", long.MinValue, 0x0102_0304_0506_0708, long.MaxValue);
        AssertWire("0000000000000000 0807060504030201 FFFFFFFFFFFFFFFF", ulong.MinValue, 0x0102_0304_0506_0708UL, ulong.MaxValue);
    }

    [Fact]
    public void Floating_point_numbers_come_back_to_the_bit()
    {
        foreach (uint bits in (uint[])[0, 1, 0x8000_0000, 0x3F80_0000, 0x7F7F_FFFF, 0x7F80_0000, 0xFF80_0000, 0x7FC0_0000, 0xFFC0_1234])
        {
            Assert.Equal(bits, BitConverter.SingleToUInt32Bits(Wire.Of<float>().RoundTrip(BitConverter.UInt32BitsToSingle(bits))));
            ulong wide = ((ulong)bits << 32) | 5;
            Assert.Equal(wide, BitConverter.DoubleToUInt64Bits(Wire.Of<double>().RoundTrip(BitConverter.UInt64BitsToDouble(wide))));
        }

        AssertWire("0000803F", 1f);
        AssertWire("000000000000F03F", 1d);
    }

    [Fact]
    public void A_decimal_comes_back_with_its_scale_and_its_sign()
    {
        foreach (decimal value in (decimal[])[0m, -0.0m, 1m, 1.00m, decimal.MinValue, decimal.MaxValue, 1e-28m, -79_228_162_514.264_337_593_543_950_335m])
        {
            Assert.Equal(decimal.GetBits(value), decimal.GetBits(Wire.Of<decimal>().RoundTrip(value)));
        }

        AssertWire("64000000 00000000 00000000 00000280", -1.00m);
    }

    [Fact]
    public void A_moment_comes_back_with_its_kind()
    {
        foreach (DateTimeKind kind in Enum.GetValues<DateTimeKind>())
        {
            foreach (long ticks in (long[])[0, 1, 638_000_000_000_000_000, DateTime.MaxValue.Ticks])
            {
                DateTime read = Wire.Of<DateTime>().RoundTrip(new DateTime(ticks, kind));
                Assert.Equal((ticks, kind), (read.Ticks, read.Kind));
            }
        }

        AssertWire("0807060504030201 01", new DateTime(0x0102_0304_0506_0708, DateTimeKind.Utc));
    }

    [Fact]
    public void A_moment_comes_back_with_its_offset()
    {
        foreach (int minutes in (int[])[0, 1, -1, 14 * 60, -14 * 60, 345])
        {
            var offset = TimeSpan.FromMinutes(minutes);
            foreach (long utc in (long[])[Math.Max(0, -offset.Ticks), 638_000_000_000_000_000, DateTime.MaxValue.Ticks - Math.Max(0, offset.Ticks)])
            {
                var value = new DateTimeOffset(utc + offset.Ticks, offset);
                Assert.True(value.EqualsExact(Wire.Of<DateTimeOffset>().RoundTrip(value)), $"{value:O}");
            }
        }

        AssertWire("0807060504030201 C4FF", new DateTimeOffset(0x0102_0304_0506_0708, TimeSpan.Zero).ToOffset(TimeSpan.FromHours(-1)));
    }

    [Fact]
    public void A_time_comes_back()
        => AssertWire(
            "0000000000000080 0000000000000000 0807060504030201 FFFFFFFFFFFFFF7F",
            TimeSpan.MinValue,
            TimeSpan.Zero,
            new TimeSpan(0x0102_0304_0506_0708),
            TimeSpan.MaxValue);

    [Fact]
    public void A_guid_is_written_in_the_order_of_its_digits()
        => AssertWire(
            "00000000000000000000000000000000 00112233445566778899AABBCCDDEEFF FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
            Guid.Empty,
            Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
            Guid.AllBitsSet);

    [Fact]
    public void Bytes_are_written_as_they_are_and_read_into_memory_of_their_own()
    {
        foreach (byte[] value in (byte[][])[[], [0], [0xFF, 0], new byte[100_000]])
        {
            byte[] bytes = Wire.Of<byte[]>().Write(value);
            Assert.Equal(value, bytes);
            byte[] array = Wire.Of<byte[]>().Deserialize(bytes);
            ReadOnlyMemory<byte> memory = Wire.Of<ReadOnlyMemory<byte>>().Deserialize(Wire.Of<ReadOnlyMemory<byte>>().Write(value));
            bytes.AsSpan().Fill(7);
            Assert.Equal(value, array);
            Assert.Equal(value, memory.ToArray());
        }
    }

    [Fact]
    public void Of_a_value_of_a_fixed_length_any_other_length_is_refused()
    {
        AssertLength(1, Wire.Of<bool>());
        AssertLength(1, Wire.Of<byte>());
        AssertLength(1, Wire.Of<sbyte>());
        AssertLength(2, Wire.Of<short>());
        AssertLength(2, Wire.Of<ushort>());
        AssertLength(2, Wire.Of<char>());
        AssertLength(4, Wire.Of<int>());
        AssertLength(4, Wire.Of<uint>());
        AssertLength(8, Wire.Of<long>());
        AssertLength(8, Wire.Of<ulong>());
        AssertLength(4, Wire.Of<float>());
        AssertLength(8, Wire.Of<double>());
        AssertLength(16, Wire.Of<decimal>());
        AssertLength(16, Wire.Of<Guid>());
        AssertLength(9, Wire.Of<DateTime>());
        AssertLength(10, Wire.Of<DateTimeOffset>());
        AssertLength(8, Wire.Of<TimeSpan>());
    }

    [Fact]
    public void What_no_value_looks_like_is_refused()
    {
        byte[] outOfRange = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0];
        Assert.ThrowsAny<Exception>(() => Wire.Of<DateTime>().Deserialize(outOfRange.AsSpan(0, 9)));
        Assert.ThrowsAny<Exception>(() => Wire.Of<DateTime>().Deserialize([0, 0, 0, 0, 0, 0, 0, 0, 3]));
        Assert.ThrowsAny<Exception>(() => Wire.Of<DateTimeOffset>().Deserialize(outOfRange));
        Assert.ThrowsAny<Exception>(() => Wire.Of<DateTimeOffset>().Deserialize([0, 0, 0, 0, 0, 0, 0, 1, 0xFF, 0x7F]));
        Assert.ThrowsAny<Exception>(() => Wire.Of<decimal>().Deserialize([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]));
        Assert.ThrowsAny<Exception>(() => Wire.Of<bool>().Deserialize([2]));
    }

    private static void AssertWire<T>(string hex, params T[] values)
    {
        ILogSerializer<T> serializer = Wire.Of<T>();
        Assert.Equal(
            hex.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString([.. values.SelectMany(serializer.Write)]));
        Assert.Equal(values, values.Select(serializer.RoundTrip));
    }

    private static void AssertLength<T>(int length, ILogSerializer<T> serializer)
    {
        for (int other = 0; other < 40; other++)
        {
            byte[] bytes = new byte[other];
            Exception? fault = Record.Exception(() => serializer.Deserialize(bytes));
            Assert.True((fault is null) == (other == length), $"{typeof(T)} of {other} bytes: {fault?.GetType().Name ?? "read"}");
        }
    }
}
