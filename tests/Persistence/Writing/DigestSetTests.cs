using FastCache.Persistence.Writing;
using FastCache.Tests.Persistence.Simulation;
using Xunit;

namespace FastCache.Tests.Persistence.Writing;

public sealed class DigestSetTests
{
    [Fact]
    public void Zero_is_a_digest_like_any_other()
    {
        var set = new DigestSet();
        Assert.False(set.Contains(0));

        Assert.True(set.Add(0));
        Assert.False(set.Add(0));

        Assert.True(set.Contains(0));
        Assert.Equal(1, set.Count);
        Assert.Equal([0], Listed(set));
        set.Clear();
        Assert.False(set.Contains(0));
        Assert.Equal(0, set.Count);
        Assert.Empty(Listed(set));
    }

    [Theory]
    [InlineData(1, ~0UL)]
    [InlineData(2, 0x3FFUL)]
    [InlineData(3, 0xFFFFUL << 48)]
    [InlineData(4, 0x7FUL)]
    public void It_agrees_with_a_hash_set_whatever_the_digests_look_like(int seed, ulong bits)
    {
        var random = new SplitMix(seed);
        var set = new DigestSet();
        var oracle = new HashSet<ulong>();
        for (int step = 0; step < 5000; step++)
        {
            ulong digest = random.Next() & bits;
            Assert.Equal(oracle.Contains(digest), set.Contains(digest));
            Assert.Equal(oracle.Add(digest), set.Add(digest));
            Assert.True(set.Contains(digest));
            Assert.Equal(oracle.Count, set.Count);
            if (random.Next(2000) == 0)
            {
                set.Clear();
                oracle.Clear();
            }
        }

        Assert.Equal(oracle.Order(), Listed(set).Order());
    }

    private static List<ulong> Listed(DigestSet set)
    {
        List<ulong> digests = [];
        set.CopyTo(digests);
        return digests;
    }
}
