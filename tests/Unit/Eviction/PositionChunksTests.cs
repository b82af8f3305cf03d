using FastCache.Eviction;
using Xunit;

namespace FastCache.Tests.Unit.Eviction;

public class PositionChunksTests
{
    [Fact]
    public void Rented_chunks_are_distinct_and_unlinked()
    {
        var chunks = new PositionChunks(positions: 1000, queues: 3);

        int[] rented = [.. Enumerable.Range(0, 16 + 6).Select(_ => chunks.Rent())];

        Assert.Equal(rented.Length, rented.Distinct().Count());
        Assert.All(rented, chunk => Assert.Equal(-1, chunks.Next(chunk)));
    }

    [Fact]
    public void A_returned_chunk_can_be_rented_again_without_its_old_link()
    {
        var chunks = new PositionChunks(positions: 1, queues: 1);
        int[] all = [chunks.Rent(), chunks.Rent(), chunks.Rent()];
        chunks.Link(all[0], all[1]);

        chunks.Return(all[0]);
        chunks.Return(all[2]);

        int[] again = [chunks.Rent(), chunks.Rent()];
        Assert.Equal([all[0], all[2]], again.Order());
        Assert.All(again, chunk => Assert.Equal(-1, chunks.Next(chunk)));
    }

    [Fact]
    public void Links_lead_from_chunk_to_chunk()
    {
        var chunks = new PositionChunks(positions: 100, queues: 1);
        (int first, int second) = (chunks.Rent(), chunks.Rent());

        chunks.Link(first, second);

        Assert.Equal(second, chunks.Next(first));
        Assert.Equal(-1, chunks.Next(second));
    }

    [Fact]
    public void Every_place_of_every_chunk_is_a_place_of_its_own()
    {
        var chunks = new PositionChunks(positions: 200, queues: 1);
        int[] rented = [.. Enumerable.Range(0, 4 + 2).Select(_ => chunks.Rent())];
        uint written = 0;
        foreach (int chunk in rented)
        {
            for (int index = 0; index < PositionChunks.ChunkSize; index++)
            {
                chunks.At(chunk, index) = written++;
            }
        }

        uint read = 0;
        foreach (int chunk in rented)
        {
            for (int index = 0; index < PositionChunks.ChunkSize; index++)
            {
                Assert.Equal(read++, chunks.At(chunk, index));
            }
        }
    }
}
