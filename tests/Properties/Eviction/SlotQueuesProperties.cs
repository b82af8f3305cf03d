using FastCache.Eviction;
using FastCache.Tests.Properties.Table;
using Xunit;

namespace FastCache.Tests.Properties.Eviction;

public class SlotQueuesProperties
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 12)]
    [InlineData(40, 60)]
    [InlineData(200, 200)]
    public void Slot_queues_agree_with_plain_lists_whatever_the_operations(int capacity, int slotCount)
        => Check(() => new SlotQueuesModel<UnitWeights>(capacity, slotCount, default));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 12)]
    [InlineData(40, 60)]
    [InlineData(200, 200)]
    public void Slot_queues_weigh_what_plain_lists_weigh_whatever_the_operations(int capacity, int slotCount)
        => Check(() => new SlotQueuesModel<StoredWeights>(capacity, slotCount, new StoredWeights(slotCount)));

    private static void Check<TWeights>(Func<SlotQueuesModel<TWeights>> create)
        where TWeights : struct, IWeights
        => Steps.Check(sequences: 60, longest: 500, steps =>
        {
            SlotQueuesModel<TWeights> model = create();
            foreach (Step step in steps)
            {
                model.Do(step);
            }
        });

    /// <summary>
    /// Two slots only, so that generations repeat between compactions: an entry may then come too early, but each is there
    /// once, and nothing else is.
    /// </summary>
    [Fact]
    public void Every_entry_is_found_once_however_often_its_slot_was_used_before()
        => Steps.Check(sequences: 100, longest: 1000, steps =>
        {
            var queues = new SlotQueues<UnitWeights>(room: 300, slotCount: 300, default);
            var entries = new HashSet<int>();
            for (int bystander = 2; bystander < 300; bystander++)
            {
                queues.Add(SlotQueue.Probation, bystander);
                entries.Add(bystander);
            }

            foreach (Step step in steps)
            {
                int slot = step.Argument % 2;
                var queue = (SlotQueue)(1 + (step.Argument / 2 % 3));
                switch (step.Kind)
                {
                    case < 45 when entries.Add(slot):
                        queues.Add(SlotQueue.Window, slot);
                        break;
                    case >= 45 and < 90 when entries.Remove(slot):
                        queues.Remove(slot);
                        break;
                    case >= 90 and < 99 when queues.TryPeekTail(SlotQueue.Window, out _):
                        queues.MoveTail(SlotQueue.Window, queue);
                        break;
                    case 99:
                        queues.Compact();
                        break;
                }

                queues.AssertConsistent(entries.Contains);
            }

            var drained = new List<int>();
            for (int queue = 1; queue <= 3; queue++)
            {
                for (; queues.TryPeekTail((SlotQueue)queue, out int slot); queues.DropTail((SlotQueue)queue))
                {
                    drained.Add(slot);
                }
            }

            Assert.Equal(entries.Order(), drained.Order());
        });

    /// <summary>Each slot may be named more often than generations take to repeat.</summary>
    [Fact]
    public void Slots_that_are_moved_to_the_head_one_after_the_other_stand_in_that_order()
        => Steps.Check(sequences: 100, longest: 1000, steps =>
        {
            const int Slots = 20;
            var queues = new SlotQueues<UnitWeights>(room: Slots, slotCount: Slots, default);
            for (int slot = 0; slot < Slots; slot++)
            {
                queues.Add((SlotQueue)(1 + (slot % 3)), slot);
            }

            foreach (Step step in steps)
            {
                queues.MoveToHead((SlotQueue)(1 + (step.Kind % 3)), step.Argument % Slots);
            }

            // Last: every slot once, which is how an order is put back.
            int[] order = [.. Enumerable.Range(0, Slots).OrderBy(slot => steps.Sum(step => (step.Argument * (slot + 1)) % 7919))];
            Array.ForEach(order, slot => queues.MoveToHead((SlotQueue)(1 + (slot % 3)), slot));

            queues.AssertConsistent(static _ => true);
            for (int queue = 1; queue <= 3; queue++)
            {
                foreach (int slot in order.Where(slot => 1 + (slot % 3) == queue))
                {
                    Assert.True(queues.TryPeekTail((SlotQueue)queue, out int tail));
                    Assert.Equal(slot, tail);
                    queues.DropTail((SlotQueue)queue);
                }
            }
        });

    [Fact]
    public void A_position_queue_agrees_with_a_plain_queue()
        => Steps.Check(sequences: 100, longest: 1000, steps =>
        {
            var chunks = new PositionChunks(positions: 1000, queues: 1);
            var queue = default(PositionQueue);
            var plain = new Queue<uint>();
            bool isFilling = true;
            foreach (Step step in steps)
            {
                // Long runs of pushes and of pops, so that the ends of chunks are met from both sides.
                isFilling ^= step.Kind < 2;
                if (isFilling ? step.Kind < 80 : step.Kind < 20)
                {
                    queue.Push(chunks, (uint)step.Argument);
                    plain.Enqueue((uint)step.Argument);
                }
                else if (plain.TryDequeue(out uint first))
                {
                    Assert.Equal(first, queue.Tail);
                    queue.Pop(chunks);
                }

                Assert.Equal(plain.Count, queue.Length);
                if (queue.TryPeek(chunks, step.Argument % PositionChunks.ChunkSize, out uint ahead))
                {
                    Assert.Equal(plain.ElementAt(step.Argument % PositionChunks.ChunkSize), ahead);
                }
            }

            Assert.Equal(plain, queue.ToArray(chunks));
        });
}
