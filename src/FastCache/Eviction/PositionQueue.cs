namespace FastCache.Eviction;

/// <summary>A first-in-first-out queue of positions in chunks. All operations O(1), none allocates.</summary>
internal struct PositionQueue
{
    private int _headChunk;
    private int _headIndex;
    private int _tailChunk;
    private int _tailIndex;

    /// <summary>Positions in the queue.</summary>
    public int Length { get; private set; }

    /// <summary>The position that came first. The queue is not empty.</summary>
    public readonly uint Tail(PositionChunks chunks) => chunks.At(_tailChunk, _tailIndex);

    /// <summary>The position that will be the tail after <paramref name="distance"/> pops, if its chunk is at hand.</summary>
    public readonly bool TryPeek(PositionChunks chunks, int distance, out uint position)
    {
        int index = _tailIndex + distance;
        if (distance >= Length || index >= PositionChunks.ChunkSize)
        {
            position = 0;
            return false;
        }

        position = chunks.At(_tailChunk, index);
        return true;
    }

    /// <summary>All positions, the tail first. O(length).</summary>
    public readonly uint[] ToArray(PositionChunks chunks)
    {
        uint[] positions = new uint[Length];
        (int chunk, int index) = (_tailChunk, _tailIndex);
        for (int i = 0; i < positions.Length; i++, index++)
        {
            if (index == PositionChunks.ChunkSize)
            {
                (chunk, index) = (chunks.Next(chunk), 0);
            }

            positions[i] = chunks.At(chunk, index);
        }

        return positions;
    }

    public void Push(PositionChunks chunks, uint position)
    {
        if (Length == 0)
        {
            _headChunk = _tailChunk = chunks.Rent();
            _headIndex = _tailIndex = 0;
        }
        else if (_headIndex == PositionChunks.ChunkSize)
        {
            int chunk = chunks.Rent();
            chunks.Link(_headChunk, chunk);
            _headChunk = chunk;
            _headIndex = 0;
        }

        chunks.At(_headChunk, _headIndex++) = position;
        Length++;
    }

    public void Pop(PositionChunks chunks)
    {
        Length--;
        _tailIndex++;
        if (Length == 0)
        {
            chunks.Return(_tailChunk);
        }
        else if (_tailIndex == PositionChunks.ChunkSize)
        {
            int next = chunks.Next(_tailChunk);
            chunks.Return(_tailChunk);
            _tailChunk = next;
            _tailIndex = 0;
        }
    }
}
