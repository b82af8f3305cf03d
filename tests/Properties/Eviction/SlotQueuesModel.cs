using FastCache.Eviction;
using FastCache.Tests.Properties.Table;
using Xunit;

namespace FastCache.Tests.Properties.Eviction;

/// <summary>Slot queues beside three plain lists, the oldest first.</summary>
internal sealed class SlotQueuesModel
{
    // One less than after which a stale position may pass for a current one.
    private const int MaxRemovals = 31;

    private readonly int _capacity;
    private readonly List<int>[] _lists = [[], [], [], []];
    private SlotQueues<UnitWeights> _queues;
    private int[] _removals;

    public SlotQueuesModel(int capacity, int slotCount)
    {
        _capacity = capacity;
        _queues = new SlotQueues<UnitWeights>(Math.Min(capacity, slotCount), slotCount, default);
        _removals = new int[slotCount];
    }

    private int Total => _lists.Sum(list => list.Count);

    public void Do(Step step)
    {
        int slot = step.Argument % _removals.Length;
        var from = (SlotQueue)(1 + (step.Argument % 3));
        var to = (SlotQueue)(1 + (step.Argument / 3 % 3));
        switch (step.Kind)
        {
            case < 40:
                Add(to, slot);
                break;
            case < 65:
                Move(from, to);
                break;
            case < 75:
                Drop(from);
                break;
            case < 95:
                Remove(slot);
                break;
            case < 98:
                Compact();
                break;
            default:
                Renumber(step.Argument);
                break;
        }

        AssertAgrees();
    }

    private void Add(SlotQueue queue, int slot)
    {
        if (Total < _capacity && _lists.All(list => !list.Contains(slot)))
        {
            _queues.Add(queue, slot);
            _lists[(int)queue].Add(slot);
        }
    }

    private void Move(SlotQueue from, SlotQueue to)
    {
        if (PeekTail(from) is { } slot)
        {
            _queues.MoveTail(from, to);
            _lists[(int)from].RemoveAt(0);
            _lists[(int)to].Add(slot);
        }
    }

    private void Drop(SlotQueue queue)
    {
        if (PeekTail(queue) is { } slot)
        {
            _queues.DropTail(queue);
            _lists[(int)queue].RemoveAt(0);
            CountRemoval(slot);
        }
    }

    private void Remove(int slot)
    {
        if (_queues.QueueOf(slot) is var queue and not SlotQueue.None)
        {
            _queues.Remove(slot);
            Assert.True(_lists[(int)queue].Remove(slot));
            CountRemoval(slot);
        }
    }

    private void Compact()
    {
        _queues.Compact();
        Assert.False(_queues.IsStale);
        Array.Clear(_removals);
    }

    /// <summary>Moves every slot by some places, forgets some, and may change how many there are.</summary>
    private void Renumber(int by)
    {
        int slotCount = _removals.Length + (by % 5) - 2;
        slotCount = Math.Max(slotCount, Math.Max(_capacity, 1));
        int[] newSlots = new int[_removals.Length];
        for (int slot = 0; slot < newSlots.Length; slot++)
        {
            bool isLost = (slot + by) % 11 == 0 || slot >= slotCount;
            newSlots[slot] = isLost ? -1 : (slot + by) % slotCount;
        }

        // With fewer slots two would get one number: only the first may keep it.
        for (int slot = 0; slot < newSlots.Length; slot++)
        {
            if (newSlots[slot] >= 0 && Array.IndexOf(newSlots, newSlots[slot]) < slot)
            {
                newSlots[slot] = -1;
            }
        }

        _queues.Renumber(newSlots, Math.Min(_capacity, slotCount), slotCount);
        for (int queue = 1; queue <= 3; queue++)
        {
            _lists[queue] = [.. _lists[queue].Select(slot => newSlots[slot]).Where(slot => slot >= 0)];
        }

        _removals = new int[slotCount];
    }

    private int? PeekTail(SlotQueue queue)
    {
        List<int> list = _lists[(int)queue];
        Assert.Equal(list.Count > 0, _queues.TryPeekTail(queue, out int slot));
        if (list.Count == 0)
        {
            return null;
        }

        Assert.Equal(list[0], slot);
        return slot;
    }

    private void CountRemoval(int slot)
    {
        if (++_removals[slot] == MaxRemovals)
        {
            Compact();
        }
    }

    private void AssertAgrees()
    {
        _queues.AssertConsistent(slot => _lists.Any(list => list.Contains(slot)));
        Assert.Equal(Total, _queues.Total);
        for (int queue = 1; queue <= 3; queue++)
        {
            Assert.Equal(_lists[queue].Count, _queues.Count((SlotQueue)queue));
            Assert.All(_lists[queue], slot => Assert.Equal((SlotQueue)queue, _queues.QueueOf(slot)));
        }
    }
}
