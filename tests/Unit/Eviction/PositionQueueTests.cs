using FastCache.Eviction;
using Xunit;

namespace FastCache.Tests.Unit.Eviction;

public class PositionQueueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(PositionChunks.ChunkSize - 1)]
    [InlineData(PositionChunks.ChunkSize)]
    [InlineData(PositionChunks.ChunkSize + 1)]
    [InlineData(2 * PositionChunks.ChunkSize)]
    [InlineData((2 * PositionChunks.ChunkSize) + 1)]
    public void What_came_first_goes_first(int length)
    {
        var chunks = new PositionChunks(length, queues: 1);
        var queue = default(PositionQueue);

        // Several rounds, so that the queue begins anywhere in a chunk.
        for (uint round = 0; round < 100; round++)
        {
            for (uint i = 0; i < length; i++)
            {
                queue.Push(chunks, (round << 16) | i);
            }

            Assert.Equal(length, queue.Length);
            for (uint i = 0; i < length; i++)
            {
                Assert.Equal((round << 16) | i, queue.Tail);
                queue.Pop(chunks);
            }

            Assert.Equal(0, queue.Length);
        }
    }

    [Fact]
    public void A_queue_of_steady_length_wanders_through_the_chunks_without_using_them_up()
    {
        var chunks = new PositionChunks(positions: 100, queues: 1);
        var queue = default(PositionQueue);
        for (uint i = 0; i < 100; i++)
        {
            queue.Push(chunks, i);
        }

        for (uint i = 100; i < 10_000; i++)
        {
            Assert.Equal(i - 100, queue.Tail);
            queue.Pop(chunks);
            queue.Push(chunks, i);
        }

        Assert.Equal(Enumerable.Range(9_900, 100).Select(i => (uint)i), queue.ToArray(chunks));
    }

    [Fact]
    public void A_peek_finds_what_will_be_the_tail_also_in_the_next_chunk()
    {
        var chunks = new PositionChunks(positions: 100, queues: 1);
        var queue = default(PositionQueue);
        for (uint i = 0; i < 100; i++)
        {
            queue.Push(chunks, 1000 + i);
        }

        for (int popped = 0; popped < 100; popped++)
        {
            for (int distance = 0; distance <= PositionChunks.ChunkSize; distance++)
            {
                Assert.Equal(popped + distance < 100, queue.TryPeek(chunks, distance, out uint position));
                Assert.Equal(popped + distance < 100 ? (uint)(1000 + popped + distance) : 0, position);
            }

            queue.Pop(chunks);
        }

        Assert.False(queue.TryPeek(chunks, 0, out _));
    }

    [Fact]
    public void Three_queues_share_the_chunks_however_unevenly()
    {
        const int Positions = 500;
        var chunks = new PositionChunks(Positions, queues: 3);
        PositionQueue[] queues = new PositionQueue[3];
        for (uint i = 0; i < Positions; i++)
        {
            queues[i % 3].Push(chunks, i);
        }

        // All through the first, then all through the second, then all through the third.
        for (int target = 0; target < 3; target++)
        {
            for (int source = 0; source < 3; source++)
            {
                for (int left = source == target ? 0 : queues[source].Length; left > 0; left--)
                {
                    uint position = queues[source].Tail;
                    queues[source].Pop(chunks);
                    queues[target].Push(chunks, position);
                }
            }

            Assert.Equal(Positions, queues[target].Length);
            Assert.Equal(Enumerable.Range(0, Positions), queues[target].ToArray(chunks).Select(i => (int)i).Order());
        }
    }
}
