using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

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
internal sealed class SlotQueues
{
    private const int SlotBits = 27;
    private const uint SlotMask = (1u << SlotBits) - 1;
    private const int QueueBits = 2;
    private const int QueueMask = (1 << QueueBits) - 1;
    private const int GenerationStep = 1 << QueueBits;
    private const byte StateMask = (1 << (32 - SlotBits + QueueBits)) - 1;
    private const byte SeenMark = StateMask + 1;
    private const int StaleFloor = 32;

    private readonly int _capacity;
    private PositionChunks _chunks;
    private byte[] _states;
    private Queues _queues;
    private Counts _counts;
    private int _maxPositions;

    /// <param name="capacity">The most entries that are ever followed at once.</param>
    /// <param name="slotCount">Slot numbers are below this, until <see cref="Renumber"/>.</param>
    public SlotQueues(int capacity, int slotCount)
    {
        _capacity = capacity;
        Allocate(slotCount);
    }

    /// <summary>Entries in all queues.</summary>
    public int Total { get; private set; }

    /// <summary>Whether more than an eighth of the positions, and more than a few, are stale.</summary>
    public bool IsStale => Positions - Total > StaleFloor + (Total >> 3);

    private int Positions => _queues[1].Length + _queues[2].Length + _queues[3].Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Count(SlotQueue queue) => _counts[(int)queue];

    /// <summary>The queue that a slot's entry is in; <see cref="SlotQueue.None"/> for a free slot.</summary>
    public SlotQueue QueueOf(int slot) => (SlotQueue)(_states[slot] & QueueMask);

    /// <summary>Puts a slot that is in no queue at the head of one.</summary>
    public void Add(SlotQueue queue, int slot)
    {
        if (Positions >= _maxPositions)
        {
            Compact();
        }

        _states[slot] |= (byte)queue;
        _queues[(int)queue].Push(_chunks, PositionOf(slot));
        _counts[(int)queue]++;
        Total++;
    }

    /// <summary>Finds the entry that has been longest in a queue.</summary>
    public bool TryPeekTail(SlotQueue queue, out int slot)
    {
        ref PositionQueue positions = ref _queues[(int)queue];
        while (_counts[(int)queue] > 0)
        {
            uint position = positions.Tail(_chunks);
            slot = (int)(position & SlotMask);
            if (IsCurrent(queue, position))
            {
                return true;
            }

            positions.Pop(_chunks);
        }

        slot = -1;
        return false;
    }

    /// <summary>Moves the entry that <see cref="TryPeekTail"/> has just found to the head of the same or another queue.</summary>
    public void MoveTail(SlotQueue from, SlotQueue to)
    {
        uint position = _queues[(int)from].Tail(_chunks);
        ref byte state = ref _states[position & SlotMask];
        state = (byte)((state & ~QueueMask) | (int)to);
        _queues[(int)from].Pop(_chunks);
        _queues[(int)to].Push(_chunks, position);
        _counts[(int)from]--;
        _counts[(int)to]++;
    }

    /// <summary>Takes the entry that <see cref="TryPeekTail"/> has just found out of its queue.</summary>
    public void DropTail(SlotQueue queue)
    {
        int slot = (int)(_queues[(int)queue].Tail(_chunks) & SlotMask);
        _queues[(int)queue].Pop(_chunks);
        Forget(queue, slot);
    }

    /// <summary>Takes a slot out of whatever queue it is in.</summary>
    public void Remove(int slot) => Forget(QueueOf(slot), slot);

    /// <summary>A slot that will come to the tail of a queue soon, for prefetching; it may be stale.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPeekAhead(SlotQueue queue, int distance, out int slot)
    {
        bool found = _queues[(int)queue].TryPeek(_chunks, distance, out uint position);
        slot = (int)(position & SlotMask);
        return found;
    }

    /// <summary>Drops the stale positions. O(positions).</summary>
    public void Compact()
    {
        for (int queue = 1; queue <= 3; queue++)
        {
            ref PositionQueue positions = ref _queues[queue];
            for (int left = positions.Length; left > 0; left--)
            {
                uint position = positions.Tail(_chunks);
                positions.Pop(_chunks);
                if (IsCurrent((SlotQueue)queue, position))
                {
                    // The mark makes any further position of this entry a stale one.
                    _states[position & SlotMask] |= SeenMark;
                    positions.Push(_chunks, position);
                }
            }

            for (int left = positions.Length; left > 0; left--)
            {
                uint position = positions.Tail(_chunks);
                positions.Pop(_chunks);
                _states[position & SlotMask] &= StateMask;
                positions.Push(_chunks, position);
            }
        }
    }

    /// <summary>Gives every entry its new slot number, or forgets it where that is -1. Keeps the order.</summary>
    public void Renumber(ReadOnlySpan<int> newSlots, int slotCount)
    {
        (PositionChunks oldChunks, byte[] oldStates, Queues oldQueues) = (_chunks, _states, _queues);
        Allocate(slotCount);
        for (int queue = 1; queue <= 3; queue++)
        {
            for (; oldQueues[queue].Length > 0; oldQueues[queue].Pop(oldChunks))
            {
                uint position = oldQueues[queue].Tail(oldChunks);
                int slot = (int)(position & SlotMask);
                bool isCurrent = oldStates[slot] == StateOf((SlotQueue)queue, position);

                // A position that only passes for current would add its entry twice.
                if (isCurrent && newSlots[slot] >= 0 && QueueOf(newSlots[slot]) == SlotQueue.None)
                {
                    Add((SlotQueue)queue, newSlots[slot]);
                }
            }
        }
    }

    /// <summary>Throws if counts, states and positions contradict each other or the slots in use.</summary>
    public void AssertConsistent(Func<int, bool> isOccupied)
    {
        Span<int> counts = stackalloc int[4];
        bool[] hasPosition = new bool[_states.Length];
        for (int queue = 1; queue <= 3; queue++)
        {
            foreach (uint position in _queues[queue].ToArray(_chunks))
            {
                hasPosition[position & SlotMask] |= IsCurrent((SlotQueue)queue, position);
            }
        }

        for (int slot = 0; slot < _states.Length; slot++)
        {
            SlotQueue queue = QueueOf(slot);
            counts[(int)queue]++;
            Require(isOccupied(slot) == (queue != SlotQueue.None), $"slot {slot}: occupied and queue {queue} disagree");
            Require(queue == SlotQueue.None || hasPosition[slot], $"slot {slot}: no position in queue {queue}");
        }

        for (int queue = 1; queue <= 3; queue++)
        {
            Require(counts[queue] == _counts[queue], $"queue {(SlotQueue)queue}: count {_counts[queue]}, entries {counts[queue]}");
        }

        Require(_counts[1] + _counts[2] + _counts[3] == Total, $"total {Total} is not the sum of the queues");
    }

    private static void Require(bool condition, string fault)
    {
        if (!condition)
        {
            throw new UnreachableException(fault);
        }
    }

    private void Forget(SlotQueue queue, int slot)
    {
        ref byte state = ref _states[slot];
        state = (byte)(((state & ~QueueMask) + GenerationStep) & StateMask);
        _counts[(int)queue]--;
        Total--;
    }

    private uint PositionOf(int slot) => ((uint)(_states[slot] >> QueueBits) << SlotBits) | (uint)slot;

    private static int StateOf(SlotQueue queue, uint position) => (int)((position >> SlotBits) << QueueBits) | (int)queue;

    private bool IsCurrent(SlotQueue queue, uint position) => _states[position & SlotMask] == StateOf(queue, position);

    [MemberNotNull(nameof(_chunks), nameof(_states))]
    private void Allocate(int slotCount)
    {
        int entries = Math.Min(_capacity, slotCount);
        int maxPositions = entries + (entries >> 3) + StaleFloor + 1;
        var chunks = new PositionChunks(maxPositions, queues: 3);
        byte[] states = new byte[slotCount];

        // Nothing above has changed anything: running out of memory leaves the queues as they were.
        (_chunks, _states, _maxPositions) = (chunks, states, maxPositions);
        (_queues, _counts, Total) = (default, default, 0);
    }

    [InlineArray(4)]
    private struct Queues
    {
        private PositionQueue _first;
    }

    [InlineArray(4)]
    private struct Counts
    {
        private int _first;
    }
}
