using BenchmarkDotNet.Attributes;
using FastCache.Eviction;

namespace FastCache.Bench.Bdn;

/// <summary>The rings of slots in the order of their arrival that the eviction policies are made of, full, beside a queue of numbers.</summary>
[MemoryDiagnoser]
public class EvictionRingBenchmarks : SizedBenchmarks
{
    private SlotQueues<UnitWeights> _ring = null!;
    private Queue<int> _queue = [];
    private int[] _order = [];
    private int _next;

    [GlobalSetup]
    public void Fill()
    {
        _ring = new SlotQueues<UnitWeights>(Entries, Entries, default);
        _queue = new Queue<int>(Entries);
        _order = [.. Enumerable.Range(0, Entries)];
        new Random(1).Shuffle(_order);
        foreach (int slot in _order)
        {
            _ring.Add(SlotQueue.Window, slot);
            _queue.Enqueue(slot);
        }
    }

    [GlobalCleanup]
    public void VerifyAll()
    {
        _ring.AssertConsistent(static _ => true);
        Verify.That(_ring.Count(SlotQueue.Window) == Entries && _queue.Count == Entries, "A slot has been lost.");
    }

    [Benchmark(Baseline = true)]
    public void QueueOfNumbers() => _queue.Enqueue(_queue.Dequeue());

    /// <summary>An eviction, and the slot is used again.</summary>
    [Benchmark]
    public void DropTailAndAdd()
    {
        Verify.That(_ring.TryPeekTail(SlotQueue.Window, out int slot), "The ring is empty.");
        _ring.DropTail(SlotQueue.Window);
        _ring.Add(SlotQueue.Window, slot);
    }

    /// <summary>A second chance.</summary>
    [Benchmark]
    public void MoveTail()
    {
        Verify.That(_ring.TryPeekTail(SlotQueue.Window, out _), "The ring is empty.");
        _ring.MoveTail(SlotQueue.Window, SlotQueue.Window);
    }

    /// <summary>A removal from the middle, and the slot is used again; with the compaction that this leads to now and then.</summary>
    [Benchmark]
    public void RemoveAndAdd()
    {
        int slot = _order[_next];
        _next = _next + 1 == _order.Length ? 0 : _next + 1;
        _ring.Remove(slot);
        _ring.Add(SlotQueue.Window, slot);
    }
}
