using FastCache.Persistence.Recovery;
using Xunit;

namespace FastCache.Tests.Persistence.Recovery;

public sealed class DigestRanksTests
{
    [Fact]
    public void It_finds_what_was_added_whatever_the_digests_are()
    {
        const int Count = 1_000;

        // Neighbours, zero, and some that begin their search at the same place.
        ulong[] digests = [.. Enumerable.Range(0, Count).Select(static number => (ulong)number % 3 == 0 ? (ulong)number << 40 : (ulong)number)];
        digests = [.. digests.Distinct()];
        var ranks = new DigestRanks(digests.Length);
        for (int rank = 0; rank < digests.Length; rank++)
        {
            Assert.Equal(-1, ranks.RankOf(digests[rank]));
            Assert.True(ranks.TryAdd(digests[rank], rank));
        }

        for (int rank = 0; rank < digests.Length; rank++)
        {
            Assert.Equal(rank, ranks.RankOf(digests[rank]));
            Assert.False(ranks.TryAdd(digests[rank], 0));
        }

        Assert.Equal(-1, ranks.RankOf(ulong.MaxValue));
    }
}
