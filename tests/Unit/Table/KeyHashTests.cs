using System.Runtime.Intrinsics;
using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class KeyHashTests
{
    [Fact]
    public void A_tag_is_the_low_byte_of_the_hash_but_never_zero()
    {
        for (uint low = 0; low < 256; low++)
        {
            var hash = new KeyHash(0xABCD_EF01_2345_6700 | low);

            Assert.Equal(Math.Max(1, low), hash.Tag);
        }
    }

    [Fact]
    public void The_vector_of_tags_has_the_tag_in_every_byte()
    {
        for (uint low = 0; low < 256; low++)
        {
            var hash = new KeyHash(0xABCD_EF01_2345_6700 | low);

            Assert.Equal(Vector128.Create(hash.Tag), hash.Tags);
        }
    }

    [Fact]
    public void The_shard_is_taken_from_bits_8_to_23()
    {
        var hash = new KeyHash(0xFFFF_FFFF_FF12_34FF);

        Assert.Equal(0x1234, hash.Shard(KeyHash.MaxShards - 1));
        Assert.Equal(0x34, hash.Shard(255));
        Assert.Equal(0, hash.Shard(0));
    }

    [Fact]
    public void The_position_is_the_upper_half()
        => Assert.Equal(0x89AB_CDEFu, new KeyHash(0x89AB_CDEF_0123_4567).Position);

    [Fact]
    public void No_bit_decides_more_than_one_thing()
    {
        for (int bit = 0; bit < 64; bit++)
        {
            var hash = new KeyHash(1UL << bit);
            int decisions = (hash.Tag > 1 || bit == 0 ? 1 : 0)
                + (hash.Shard(KeyHash.MaxShards - 1) != 0 ? 1 : 0)
                + (hash.Position != 0 ? 1 : 0);

            Assert.InRange(decisions, 0, 1);
        }
    }
}
