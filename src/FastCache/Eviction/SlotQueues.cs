using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using FastCache.Threading;

namespace FastCache.Eviction;

/// <summary>Which queue an entry is in.</summary>
internal enum SlotQueue : byte
{
    None,
    Window,
    Probation,
    Protected,
}

/// <summary>
/// Up to three first-in-first-out queues of slots; removal from the middle is O(1) and frees the slot at once.
/// </summary>
/// <remarks>
/// <para>A queue holds positions: a slot number and five bits of generation. A removal only moves the slot's generation,
/// which leaves its position behind as a stale one, skipped when its turn comes. So a slot can be used again
/// immediately, and the table needs no place holders.</para>
/// <para>After 32 removals of one slot a stale position may pass for a current one. The entry is then looked at too early,
/// once: what counts is the slot's state, and a live entry always has at least one position in its queue.</para>
/// </remarks>
internal sealed class SlotQueues<TWeights>
    where TWeights : struct, IWeights
{
    private const int SlotBits = 27;
    private const uint SlotMask = (1u << SlotBits) - 1;
    private const int QueueBits = 2;
    private const int QueueMask = (1 << QueueBits) - 1;
    private const int GenerationStep = 1 << QueueBits;
    private const byte StateMask = (1 << (32 - SlotBits + QueueBits)) - 1;
    private const byte SeenMark = StateMask + 1;
    private const int StaleFloor = 32;

    private readonly TWeights _weights;
    private PositionChunks _chunks;
    private PinnedArray<byte> _states;
    private Queue _window;
    private Queue _probation;
    private Queue _protected;
    private int _maxPositions;

    /// <param name="room">The most entries that are followed at once, until <see cref="Renumber"/>.</param>
    /// <param name="slotCount">Slot numbers are below this, until then.</param>
    /// <param name="weights">What the entries weigh; an entry's weight changes through <see cref="Reweigh"/>.</param>
    public SlotQueues(int room, int slotCount, TWeights weights)
    {
        _weights = weights;
        Allocate(room, slotCount);
    }

    /// <summary>Entries in all queues.</summary>
    public int Total { get; private set; }

    /// <summary>Whether more than an eighth of the positions, and more than a few, are stale.</summary>
    public bool IsStale => Positions - Total > StaleFloor + (Total >> 3);

    private int Positions => _window.Positions.Length + _probation.Positions.Length + _protected.Positions.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Count(SlotQueue queue) => Of(queue).Count;

    /// <summary>What the entries of a queue weigh together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Weight(SlotQueue queue) => TWeights.Differ ? Of(queue).Weight : Of(queue).Count;

    /// <summary>The queue that a slot's entry is in; <see cref="SlotQueue.None"/> for a free slot.</summary>
    public SlotQueue QueueOf(int slot) => (SlotQueue)(_states[slot] & QueueMask);

    /// <summary>Puts a slot that is in no queue at the head of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(SlotQueue queue, int slot)
    {
        if (Positions >= _maxPositions)
        {
            Compact();
        }

        ref byte state = ref _states[slot];
        int generation = state >> QueueBits;
        state = (byte)((generation << QueueBits) | (int)queue);
        ref Queue to = ref Of(queue);
        to.Positions.Push(_chunks, ((uint)generation << SlotBits) | (uint)slot);
        to.Count++;
        to.AddWeight(_weights.Of(slot));
        Total++;
    }

    /// <summary>Finds the entry that has been longest in a queue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPeekTail(SlotQueue queue, out int slot)
    {
        ref Queue from = ref Of(queue);
        while (from.Count > 0)
        {
            uint position = from.Positions.Tail;
            if (IsCurrent(queue, position))
            {
                slot = (int)(position & SlotMask);
                return true;
            }

            from.Positions.Pop(_chunks);
        }

        slot = -1;
        return false;
    }

    /// <summary>Moves the entry that <see cref="TryPeekTail"/> has just found to the head of the same or another queue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MoveTail(SlotQueue from, SlotQueue to)
    {
        ref Queue source = ref Of(from);
        uint position = source.Positions.Tail;
        source.Positions.Pop(_chunks);
        Of(to).Positions.Push(_chunks, position);
        if (from != to)
        {
            source.Count--;
            Of(to).Count++;
            if (TWeights.Differ)
            {
                int weight = _weights.Of((int)(position & SlotMask));
                source.AddWeight(-weight);
                Of(to).AddWeight(weight);
            }

            _states[(nint)(position & SlotMask)] = (byte)StateOf(to, position);
        }
    }

    /// <summary>Takes the entry that <see cref="TryPeekTail"/> has just found out of its queue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void DropTail(SlotQueue queue)
    {
        ref Queue from = ref Of(queue);
        int slot = (int)(from.Positions.Tail & SlotMask);
        from.Positions.Pop(_chunks);
        Forget(ref from, slot);
    }

    /// <summary>Takes a slot out of whatever queue it is in.</summary>
    public void Remove(int slot) => Forget(ref Of(QueueOf(slot)), slot);

    /// <summary>Moves a slot out of whatever queue it is in to the head of one.</summary>
    public void MoveToHead(SlotQueue queue, int slot)
    {
        Remove(slot);
        Add(queue, slot);
    }

    /// <summary>Takes note that the entry of a slot has another weight. Before the weights say so.</summary>
    public void Reweigh(int slot, int weight) => Of(QueueOf(slot)).AddWeight(weight - _weights.Of(slot));

    /// <summary>A slot that will come to the tail of a queue soon, for prefetching; it may be stale.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPeekAhead(SlotQueue queue, int distance, out int slot)
    {
        bool found = Of(queue).Positions.TryPeek(_chunks, distance, out uint position);
        slot = (int)(position & SlotMask);
        return found;
    }

    /// <summary>Asks for the state of a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => Threading.Prefetch.Line(ref _states[slot]);

    /// <summary>Drops the stale positions. O(positions).</summary>
    public void Compact()
    {
        for (int queue = 1; queue <= 3; queue++)
        {
            ref PositionQueue positions = ref Of((SlotQueue)queue).Positions;
            for (int left = positions.Length; left > 0; left--)
            {
                uint position = positions.Tail;
                positions.Pop(_chunks);
                if (IsCurrent((SlotQueue)queue, position))
                {
                    // The mark makes any further position of this entry a stale one.
                    _states[(nint)(position & SlotMask)] |= SeenMark;
                    positions.Push(_chunks, position);
                }
            }

            for (int left = positions.Length; left > 0; left--)
            {
                uint position = positions.Tail;
                positions.Pop(_chunks);
                _states[(nint)(position & SlotMask)] &= StateMask;
                positions.Push(_chunks, position);
            }
        }
    }

    /// <summary>Gives every entry its new slot number, or forgets it where that is -1. Keeps the order.</summary>
    /// <param name="newSlots">For each slot its new number.</param>
    /// <param name="room">The most entries that are followed at once, from now on.</param>
    /// <param name="slotCount">Slot numbers are below this, from now on.</param>
    /// <remarks>The weights already are those of the new numbers.</remarks>
    public void Renumber(ReadOnlySpan<int> newSlots, int room, int slotCount)
    {
        (PositionChunks oldChunks, PinnedArray<byte> oldStates) = (_chunks, _states);
        ReadOnlySpan<Queue> oldQueues = [_window, _probation, _protected];
        Allocate(room, slotCount);
        for (int number = 0; number < oldQueues.Length; number++)
        {
            var queue = (SlotQueue)(number + 1);
            foreach (uint position in oldQueues[number].Positions.ToArray(oldChunks))
            {
                int slot = (int)(position & SlotMask);
                bool isCurrent = oldStates[slot] == StateOf(queue, position);

                // A position that only passes for current would add its entry twice.
                if (isCurrent && newSlots[slot] >= 0 && QueueOf(newSlots[slot]) == SlotQueue.None)
                {
                    Add(queue, newSlots[slot]);
                }
            }
        }

        GC.KeepAlive(oldChunks);
        oldStates.KeepAlive();
    }

    /// <summary>Where each slot stands. O(slots), allocates.</summary>
    public SlotStanding[] Standings()
    {
        var standings = new SlotStanding[_states.Length];
        for (int number = 1; number <= 3; number++)
        {
            var queue = (SlotQueue)number;
            int ahead = 0;
            foreach (uint position in Of(queue).Positions.ToArray(_chunks))
            {
                ref SlotStanding standing = ref standings[position & SlotMask];
                if (IsCurrent(queue, position) && standing.Queue == SlotQueue.None)
                {
                    standing = new SlotStanding(queue, ahead, Count(queue) - 1 - ahead);
                    ahead++;
                }
            }
        }

        return standings;
    }

    /// <summary>Throws if counts, states and positions contradict each other or the slots in use.</summary>
    /// <param name="isFollowed">Whether a slot holds an entry that is in a queue.</param>
    public void AssertConsistent(Func<int, bool> isFollowed)
    {
        Span<int> counts = stackalloc int[4];
        Span<long> weights = stackalloc long[4];
        bool[] hasPosition = new bool[_states.Length];
        for (int queue = 1; queue <= 3; queue++)
        {
            foreach (uint position in Of((SlotQueue)queue).Positions.ToArray(_chunks))
            {
                hasPosition[position & SlotMask] |= IsCurrent((SlotQueue)queue, position);
            }
        }

        for (int slot = 0; slot < _states.Length; slot++)
        {
            SlotQueue queue = QueueOf(slot);
            counts[(int)queue]++;
            weights[(int)queue] += _weights.Of(slot);
            Require(isFollowed(slot) == (queue != SlotQueue.None), $"slot {slot}: followed and queue {queue} disagree");
            Require(queue == SlotQueue.None || hasPosition[slot], $"slot {slot}: no position in queue {queue}");
        }

        for (int queue = 1; queue <= 3; queue++)
        {
            int count = Of((SlotQueue)queue).Count;
            Require(counts[queue] == count, $"queue {(SlotQueue)queue}: count {count}, entries {counts[queue]}");
            long weight = Weight((SlotQueue)queue);
            Require(weights[queue] == weight, $"queue {(SlotQueue)queue}: weight {weight}, of its entries {weights[queue]}");
        }

        Require(counts[1] + counts[2] + counts[3] == Total, $"total {Total} is not the sum of the queues");
    }

    private static void Require(bool condition, string fault)
    {
        if (!condition)
        {
            throw new UnreachableException(fault);
        }
    }

    // Folded to one field where the queue is a constant.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Queue Of(SlotQueue queue)
    {
        if (queue == SlotQueue.Window)
        {
            return ref _window;
        }

        if (queue == SlotQueue.Probation)
        {
            return ref _probation;
        }

        return ref _protected;
    }

    private void Forget(ref Queue queue, int slot)
    {
        ref byte state = ref _states[slot];
        state = (byte)(((state & ~QueueMask) + GenerationStep) & StateMask);
        queue.Count--;
        queue.AddWeight(-_weights.Of(slot));
        Total--;
    }

    private static int StateOf(SlotQueue queue, uint position) => (int)((position >> SlotBits) << QueueBits) | (int)queue;

    private bool IsCurrent(SlotQueue queue, uint position)
        => _states[(nint)(position & SlotMask)] == StateOf(queue, position);

    [MemberNotNull(nameof(_chunks))]
    private void Allocate(int room, int slotCount)
    {
        int maxPositions = room + (room >> 3) + StaleFloor + 1;
        var chunks = new PositionChunks(maxPositions, queues: 3);
        var states = new PinnedArray<byte>(slotCount);

        // Nothing above has changed anything: running out of memory leaves the queues as they were.
        (_chunks, _states, _maxPositions) = (chunks, states, maxPositions);
        (_window, _probation, _protected, Total) = (default, default, default, 0);
    }

    private struct Queue
    {
        public PositionQueue Positions;

        // Entries; a stale position is not one.
        public int Count;

        // Of those entries; kept only where weights differ.
        public long Weight;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void AddWeight(long weight)
        {
            if (TWeights.Differ)
            {
                Weight += weight;
            }
        }
    }
}
