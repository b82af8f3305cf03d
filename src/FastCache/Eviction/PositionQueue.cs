namespace FastCache.Eviction;

/// <summary>A first-in-first-out queue of positions in chunks. All operations O(1), none allocates.</summary>
/// <remarks>Always given the same chunks. A place is read only while the queue has a position there.</remarks>
internal unsafe struct PositionQueue
{
    private uint* _head;
    private uint* _tail;

    /// <summary>Positions in the queue.</summary>
    public int Length { get; private set; }

    /// <summary>The position that came first. The queue is not empty.</summary>
    public readonly uint Tail => *_tail;

    /// <summary>The position that will be the tail after <paramref name="distance"/> pops, which is less than a chunk.</summary>
    public readonly bool TryPeek(PositionChunks chunks, int distance, out uint position)
    {
        if (distance >= Length)
        {
            position = 0;
            return false;
        }

        position = *chunks.Ahead(_tail, distance);
        return true;
    }

    /// <summary>All positions, the tail first. O(length).</summary>
    public readonly uint[] ToArray(PositionChunks chunks)
    {
        uint[] positions = new uint[Length];
        uint* place = _tail;
        for (int i = 0; i < positions.Length; i++)
        {
            if (PositionChunks.IsEnd(place))
            {
                place = chunks.After(place);
            }

            positions[i] = *place++;
        }

        return positions;
    }

    public void Push(PositionChunks chunks, uint position)
    {
        if (Length == 0)
        {
            _head = _tail = chunks.Rent();
        }
        else if (PositionChunks.IsEnd(_head))
        {
            _head = chunks.RentAfter(_head);
        }

        *_head++ = position;
        Length++;
    }

    public void Pop(PositionChunks chunks)
    {
        uint* popped = _tail++;
        if (--Length == 0)
        {
            chunks.Return(popped);
        }
        else if (PositionChunks.IsEnd(_tail))
        {
            _tail = chunks.After(popped);
            chunks.Return(popped);
        }
    }
}
