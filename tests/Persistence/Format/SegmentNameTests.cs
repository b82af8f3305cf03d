using FastCache.Persistence.Format;
using Xunit;

namespace FastCache.Tests.Persistence.Format;

public sealed class SegmentNameTests
{
    [Theory]
    [InlineData(0UL, "0000000000000000.seg")]
    [InlineData(1UL, "0000000000000001.seg")]
    [InlineData(0xABCDEFUL, "0000000000ABCDEF.seg")]
    [InlineData(ulong.MaxValue, "FFFFFFFFFFFFFFFF.seg")]
    public void A_name_is_the_number_in_sixteen_digits(ulong id, string name)
    {
        Assert.Equal(name, SegmentName.Of(id));
        Assert.True(SegmentName.TryParse(name, out ulong parsed));
        Assert.Equal(id, parsed);
    }

    [Fact]
    public void Names_in_ordinal_order_are_numbers_in_order()
    {
        ulong[] ids = [0, 1, 9, 10, 15, 16, 255, 256, 1UL << 40, ulong.MaxValue];
        Assert.Equal(ids.Select(SegmentName.Of), ids.Reverse().Select(SegmentName.Of).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".seg")]
    [InlineData("000000000000001.seg")]
    [InlineData("00000000000000001.seg")]
    [InlineData("0000000000abcdef.seg")]
    [InlineData("000000000000000G.seg")]
    [InlineData(" 00000000000000A.seg")]
    [InlineData("+00000000000000A.seg")]
    [InlineData("0000000000000001.SEG")]
    [InlineData("0000000000000001.sex")]
    [InlineData("0000000000000001.seg.80.corrupted")]
    [InlineData("CLEAN")]
    public void Any_other_name_is_none(string name) => Assert.False(SegmentName.TryParse(name, out _));
}
