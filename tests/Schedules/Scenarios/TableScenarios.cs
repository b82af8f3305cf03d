using FastCache.Table;
using FastCache.Tests.Schedules.Search;
using FastCache.Tests.Schedules.Tests;
using FastCache.Timing;
using Xunit;

namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>What the table promises on its own, whatever its owner knows of the time.</summary>
public sealed class TableScenarios(ITestOutputHelper output)
{
    [Fact]
    public void Against_the_expiry_of_an_entry_that_is_not_due_for_the_reader_a_read_gets_its_value_or_nothing()
        => output.WriteLine(ScheduleSearch.Explore(static () =>
        {
            var table = new Table<int, string>(TableSize.For(capacity: 8, entries: 8), siblings: 1, new TickCell(1));
            var hash = new KeyHash(new KeyHasher<int>(null, seed: 1).Hash(1));
            var lifetime = new Lifetime(Deadline: 100, IdleLimit: 0, LastAccess: 0);
            table.EnsureTimes(lifetime);
            table.TryInsert(1, hash, "one", lifetime, attentionTick: 10, referenced: 0, likelySlot: -1, out int slot);
            ReadResult<string> read = default;
            return new Litmus(
                [
                    () => read = table.ReadHome(1, hash),
                    () => table.TryExpire(slot, now: 100, evenIfStale: false, out _, out _),
                ],
                () => Assert.True(read.Outcome != ReadOutcome.Hit || read.Cell == "one", $"read {read.Cell ?? "a value that was cleared"}"));
        }));
}
