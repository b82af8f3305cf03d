using FastCache.Notifications;
using FastCache.Table;
using FastCache.Tests.Unit.Sharding;
using FastCache.Tests.Unit.Table;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Notifications;

/// <summary>What finds no place when a table is replaced by another one is told as well.</summary>
public sealed class LostEntriesTests
{
    private const int Fillers = 12_000;
    private const int Colliding = 240;

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_finds_no_place_in_a_smaller_table_goes_for_capacity()
    {
        await Wait.LeaveRunner();
        var record = new RemovalRecord<long, long>();
        NotificationActor<long, long> actor = NotificationActor<long, long>.For(record.Options(capacity: 20_000))!;
        var test = new TestShard(capacity: 20_000, initialCapacity: 0, actor);
        for (int filler = 0; filler < Fillers; filler++)
        {
            test.Shard.Set(filler, HashOf(filler), -filler);
        }

        int[] inTheWay = [.. Enumerable.Range(0, Fillers).Where(filler => HashOf(filler).Position < uint.MaxValue / 16)];
        Assert.All(inTheWay, filler => Assert.True(test.Shard.TryRemove(filler, HashOf(filler), out _)));

        // Two neighbourhoods side by side, both full. In a smaller table they share groups.
        int groups = test.Table.Size.Groups;
        for (int key = Fillers; key < Fillers + (2 * Colliding); key++)
        {
            test.Shard.Set(key, Hashes.At(groups, home: 10 + (17 * (key % 2)), preferred: 0, tag: 1), -key);
        }

        Assert.Equal(Fillers - inTheWay.Length + (2 * Colliding), test.Shard.Count);
        foreach (int filler in Enumerable.Range(0, Fillers).Except(inTheWay))
        {
            Assert.True(test.Shard.TryRemove(filler, HashOf(filler), out _));
        }

        Wait.Until(() => test.Shard.Count < 2 * Colliding);
        test.Shard.Close();
        await actor.CompleteAsync(isListener: false);

        Assert.Equal(Enumerable.Range(0, Fillers + (2 * Colliding)), record.Removals.Select(removal => (int)removal.Key).Order());
        Assert.All(record.Removals, removal => Assert.Equal(-removal.Key, removal.Value));
        Assert.Equal(Fillers, record.Removals.Count(removal => removal.Cause == RemovalCause.Explicit));
        Assert.Contains(record.Removals, removal => removal.Cause == RemovalCause.Capacity);
        Assert.Contains(record.Removals, removal => removal.Cause == RemovalCause.Cleared);
    }

    /// <summary>Evenly over the table, whatever its size and however many there are.</summary>
    private static KeyHash HashOf(int filler) => Hashes.Of((uint)filler * 2_654_435_769, tag: 2);
}
