using FastCache.Eviction;
using FastCache.Tests.Properties.Table;
using Xunit;

namespace FastCache.Tests.Properties.Eviction;

/// <summary>Slot queues beside three plain lists, the oldest first, and what their entries weigh.</summary>
internal sealed class SlotQueuesModel<TWeights>
    where TWeights : struct, IWeights
{
    // One less than after which a stale position may pass for a current one.
    private const int MaxRemovals = 31;

    private readonly int _capacity;
    private readonly List<int>[] _lists = [[], [], [], []];
    private readonly SlotQueues<TWeights> _queues;
    private readonly TWeights _weights;
    private int[] _removals;

    public SlotQueuesModel(int capacity, int slotCount, TWeights weights)
    {
        _capacity = capacity;
        _weights = weights;
        _queues = new SlotQueues<TWeights>(Math.Min(capacity, slotCount), slotCount, weights);
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
                Add(to, slot, weight: step.Argument % 37);
                break;
            case < 50:
                Reweigh(slot, weight: step.Argument % 41);
                break;
            case < 65:
                Move(from, to);
                break;
            case < 75:
                Drop(from);
                break;
            case < 87:
                Remove(slot);
                break;
            case < 95:
                MoveToHead(to, slot);
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

    private void Add(SlotQueue queue, int slot, int weight)
    {
        if (Total < _capacity && _lists.All(list => !list.Contains(slot)))
        {
            _weights.Set(slot, weight);
            _queues.Add(queue, slot);
            _lists[(int)queue].Add(slot);
        }
    }

    private void Reweigh(int slot, int weight)
    {
        if (_queues.QueueOf(slot) != SlotQueue.None)
        {
            _queues.Reweigh(slot, TWeights.Differ ? weight : 1);
            _weights.Set(slot, weight);
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

    private void MoveToHead(SlotQueue to, int slot)
    {
        if (_queues.QueueOf(slot) is var from and not SlotQueue.None)
        {
            _queues.MoveToHead(to, slot);
            _lists[(int)from].Remove(slot);
            _lists[(int)to].Add(slot);
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

        int[][] weights = [.. _lists.Select(list => list.Where(slot => newSlots[slot] >= 0).Select(_weights.Of).ToArray())];
        _weights.Renumber(newSlots, slotCount);
        _queues.Renumber(newSlots, Math.Min(_capacity, slotCount), slotCount);
        for (int queue = 1; queue <= 3; queue++)
        {
            _lists[queue] = [.. _lists[queue].Select(slot => newSlots[slot]).Where(slot => slot >= 0)];
            Assert.Equal(weights[queue], _lists[queue].Select(_weights.Of));
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
        SlotStanding[] standings = _queues.Standings();
        for (int queue = 1; queue <= 3; queue++)
        {
            Assert.Equal(_lists[queue].Count, _queues.Count((SlotQueue)queue));
            Assert.Equal(_lists[queue].Sum(_weights.Of), _queues.Weight((SlotQueue)queue));
            Assert.All(_lists[queue], slot => Assert.Equal((SlotQueue)queue, _queues.QueueOf(slot)));
            Assert.Equal(Enumerable.Range(0, _lists[queue].Count), _lists[queue].Select(slot => standings[slot].Ahead));
        }
    }
}
