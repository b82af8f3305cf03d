using FastCache.Persistence;
using FastCache.Persistence.Writing;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Recovery;

public class TornEndTests
{
    [Fact]
    public async Task What_lies_behind_a_torn_place_does_not_count_when_the_log_has_gone_on_either()
    {
        SimulatedStorage torn = await TornAsync();
        CacheLog<int, string> reopened = await SimulatedLog.OpenAsync(torn);
        Assert.Equal([1], reopened.Cache.Select(static entry => entry.Key));
        Assert.Equal(1, (await reopened.Restored).Torn);
        await reopened.SetAsync(4, "four", TestContext.Current.CancellationToken);
        reopened.Cache.Dispose();

        Restarted again = await SimulatedLog.RestartAsync(torn.Snapshot().Crash(CrashPolicy.PowerCutDropAll));

        Assert.Equal([1, 4], again.Entries.Keys.Order());
        Assert.Equal(0, again.Report.Missing);
    }

    /// <summary>A log with a durable record, one that was lost in a power cut, and one behind it that was not.</summary>
    private static async Task<SimulatedStorage> TornAsync()
    {
        var storage = new SimulatedStorage();
        LogWriter? writer = null;
        CacheLog<int, string> log = await SimulatedLog.OpenAsync(storage, createDriver: made =>
        {
            writer = made;
            return new InlineDriver(made);
        });
        await log.SetAsync(1, "one", TestContext.Current.CancellationToken);
        storage.List(out IReadOnlyList<string> names);
        string segment = Assert.Single(names);
        int lost = storage.Bytes(segment).Length;
        log.Cache.Set(2, "two");
        writer!.WriteAll();
        int kept = storage.Bytes(segment).Length;
        log.Cache.Set(3, "three");
        writer.WriteAll();
        log.Cache.Dispose();

        SimulatedStorage torn = storage.Snapshot().Crash(CrashPolicy.PowerCutKeepAll);
        torn.Zero(segment, lost, kept - lost);
        return torn;
    }
}
