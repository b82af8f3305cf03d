using FastCache.Persistence.Format;
using Xunit;

namespace FastCache.Tests.Persistence.Format;

public sealed class VarintTests
{
    /// <summary>The least and the most that each length holds.</summary>
    [Theory]
    [InlineData(0u, "00")]
    [InlineData(0x7Fu, "7F")]
    [InlineData(0x80u, "8001")]
    [InlineData(0x3FFFu, "FF7F")]
    [InlineData(0x4000u, "808001")]
    [InlineData(0x1F_FFFFu, "FFFF7F")]
    [InlineData(0x20_0000u, "80808001")]
    [InlineData(0x0FFF_FFFFu, "FFFFFF7F")]
    [InlineData(0x1000_0000u, "8080808001")]
    [InlineData(uint.MaxValue, "FFFFFFFF0F")]
    public void A_number_is_written_in_as_few_bytes_as_it_takes(uint number, string hex)
    {
        byte[] bytes = new byte[Varint.MaxLength32];

        int length = Varint.Write(bytes, number);

        Assert.Equal(hex, Convert.ToHexString(bytes.AsSpan(0, length)));
        AssertRead(number, bytes[..length]);
    }

    [Fact]
    public void Numbers_around_every_power_of_two_are_read_as_they_were_written()
    {
        byte[] bytes = new byte[Varint.MaxLength32];
        for (int bit = 0; bit < 32; bit++)
        {
            for (uint near = 0; near < 5; near++)
            {
                uint number = (1u << bit) + near - 2;
                AssertRead(number, bytes[..Varint.Write(bytes, number)]);
            }
        }
    }

    [Theory]
    [InlineData("8000", 0u)]
    [InlineData("8080808000", 0u)]
    [InlineData("81808000", 1u)]
    [InlineData("FFFFFFFF00", 0x0FFF_FFFFu)]
    public void A_number_in_more_bytes_than_it_takes_is_read(string hex, uint number)
        => AssertRead(number, Convert.FromHexString(hex));

    [Theory]
    [InlineData("FFFFFFFF10")]
    [InlineData("FFFFFFFF7F")]
    [InlineData("8080808010")]
    [InlineData("8080808080")]
    [InlineData("808080808000")]
    [InlineData("FFFFFFFFFFFFFFFFFF01")]
    public void A_number_of_more_than_32_bits_or_five_bytes_is_refused(string hex)
    {
        int position = 0;
        Assert.False(Varint.TryRead(Convert.FromHexString(hex), ref position, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("FFFF")]
    [InlineData("808080")]
    [InlineData("FFFFFFFF")]
    public void A_part_of_a_number_is_refused(string hex)
    {
        int position = 0;
        Assert.False(Varint.TryRead(Convert.FromHexString(hex), ref position, out _));
    }

    [Fact]
    public void A_position_at_or_beyond_the_end_is_refused()
    {
        foreach (int start in (int[])[1, 2, int.MaxValue, -1])
        {
            int position = start;
            Assert.False(Varint.TryRead([0x01], ref position, out _));
        }
    }

    private static void AssertRead(uint number, byte[] bytes)
    {
        int position = 1;
        Assert.True(Varint.TryRead([0xFF, .. bytes, 0xFF], ref position, out uint read));
        Assert.Equal(number, read);
        Assert.Equal(1 + bytes.Length, position);
    }
}
