using FastCache.Persistence.Format;
using Xunit;

namespace FastCache.Tests.Persistence.Format;

public sealed class PutHeaderTests
{
    [Theory]
    [InlineData(0, 0, false, 0, 0, 0, "01 00 00")]
    [InlineData(4, 5, false, 0, 0, 0, "01 04 05")]
    [InlineData(4, 0, true, 0, 0, 0, "81 04 00")]
    [InlineData(200, 300, false, 0, 0, 0, "01 C801 AC02")]
    [InlineData(1, 2, false, 0x0102_0304_0506_0708, 0, 0, "11 01 02 0807060504030201")]
    [InlineData(1, 2, false, 0, 0x10, 0x20, "21 01 02 1000000000000000 2000000000000000")]
    [InlineData(1, 2, true, 3, 4, 5, "B1 01 02 0300000000000000 0400000000000000 0500000000000000")]
    public void It_is_written_as_the_format_says(
        int keyLength, int valueLength, bool isNull, long deadline, long idleLimit, long idleEnd, string hex)
    {
        byte[] bytes = new byte[PutHeader.MaxLength];

        int length = new PutHeader(keyLength, valueLength, isNull, deadline, idleLimit, idleEnd).Write(bytes);

        Assert.Equal(hex.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void The_longest_one_takes_as_many_bytes_as_are_kept_for_it()
    {
        var longest = new PutHeader(int.MaxValue, int.MaxValue, IsNull: true, long.MaxValue, long.MaxValue, long.MaxValue) { TagsLength = int.MaxValue };
        Assert.Equal(PutHeader.MaxLength, longest.Write(new byte[PutHeader.MaxLength]));
    }

    [Theory]
    [InlineData(0, 0, 0, long.MaxValue)]
    [InlineData(7, 0, 0, 7)]
    [InlineData(0, 2, 9, 9)]
    [InlineData(7, 2, 9, 7)]
    [InlineData(11, 2, 9, 9)]
    public void A_value_expires_at_whichever_moment_comes_first(long deadline, long idleLimit, long idleEnd, long expiresAt)
        => Assert.Equal(expiresAt, new PutHeader(1, 1, IsNull: false, deadline, idleLimit, idleEnd).ExpiresAt);
}
