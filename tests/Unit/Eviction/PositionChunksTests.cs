using System.Diagnostics;
using FastCache.Eviction;
using Xunit;

namespace FastCache.Tests.Unit.Eviction;

public unsafe class PositionChunksTests
{
    [Fact]
    public void There_are_chunks_for_all_positions_and_two_more_a_queue()
    {
        var chunks = new PositionChunks(positions: 1000, queues: 3);

        nint[] rented = [.. Enumerable.Range(0, 16 + 6).Select(_ => (nint)chunks.Rent())];

        Assert.Equal(rented.Length, rented.Distinct().Count());
        Assert.Throws<UnreachableException>(() => { chunks.Rent(); });
        GC.KeepAlive(chunks);
    }

    [Fact]
    public void A_returned_chunk_can_be_rented_again_whichever_place_of_it_is_named()
    {
        var chunks = new PositionChunks(positions: 1, queues: 1);
        uint*[] all = [chunks.Rent(), chunks.Rent(), chunks.Rent()];

        chunks.Return(all[0] + PositionChunks.ChunkSize - 1);
        chunks.Return(all[2]);

        nint[] again = [(nint)chunks.Rent(), (nint)chunks.Rent()];
        Assert.Equal(new[] { (nint)all[0], (nint)all[2] }.Order(), again.Order());
        GC.KeepAlive(chunks);
    }

    [Fact]
    public void A_chunk_rented_behind_another_is_found_from_any_place_of_that_one()
    {
        var chunks = new PositionChunks(positions: 100, queues: 1);
        uint* first = chunks.Rent();

        uint* second = chunks.RentAfter(first + PositionChunks.ChunkSize);

        for (int i = 0; i <= PositionChunks.ChunkSize; i++)
        {
            Assert.True(second == chunks.After(first + i));
        }

        GC.KeepAlive(chunks);
    }

    [Fact]
    public void A_place_ahead_may_lie_in_the_next_chunk()
    {
        var chunks = new PositionChunks(positions: 100, queues: 1);
        uint* first = chunks.Rent();
        uint* second = chunks.RentAfter(first);

        for (int start = 0; start < PositionChunks.ChunkSize; start++)
        {
            for (int distance = 0; distance <= PositionChunks.ChunkSize; distance++)
            {
                int index = start + distance;
                uint* expected = index < PositionChunks.ChunkSize ? first + index : second + index - PositionChunks.ChunkSize;
                Assert.True(expected == chunks.Ahead(first + start, distance));
            }
        }

        GC.KeepAlive(chunks);
    }

    [Fact]
    public void Every_place_of_every_chunk_is_a_place_of_its_own()
    {
        var chunks = new PositionChunks(positions: 200, queues: 1);
        nint[] rented = [.. Enumerable.Range(0, 4 + 2).Select(_ => (nint)chunks.Rent())];
        uint written = 0;
        foreach (nint chunk in rented)
        {
            uint* place = (uint*)chunk;
            for (; !PositionChunks.IsEnd(place); place++)
            {
                *place = written++;
            }

            Assert.Equal(PositionChunks.ChunkSize, place - (uint*)chunk);
        }

        uint read = 0;
        foreach (nint chunk in rented)
        {
            for (uint* place = (uint*)chunk; !PositionChunks.IsEnd(place); place++)
            {
                Assert.Equal(read++, *place);
            }
        }

        GC.KeepAlive(chunks);
    }
}
