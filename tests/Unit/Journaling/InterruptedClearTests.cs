using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

public class InterruptedClearTests
{
    [Fact]
    public async Task A_clear_that_is_interrupted_while_it_waits_leaves_no_shard_of_which_nothing_is_written_down()
    {
        await Wait.LeaveRunner();
        var journal = new RecordingJournal<long, string>();
        using var cache = new Cache<long, string>(new CacheOptions<long, string> { Capacity = 10, ShardCount = 1 }, journal);
        cache.Set(1, "one");
        UpdateInProgress<long, string> update = UpdateInProgress<long, string>.Begin(cache, 1);
        Exception? thrown = null;
        var clearing = new Thread(() => thrown = Record.Exception(cache.Clear));
        clearing.Start();
        clearing.Interrupt();

        // Only a thread that waits is interrupted, and this one waits until the update ends.
        Wait.Until(() => clearing.ThreadState == ThreadState.WaitSleepJoin || !clearing.IsAlive);
        update.End("uno");
        clearing.Join();
        cache.Set(2, "two");

        Assert.IsType<ThreadInterruptedException>(thrown);
        Assert.Equal(2, journal.Entries[^1].Key);
    }
}
