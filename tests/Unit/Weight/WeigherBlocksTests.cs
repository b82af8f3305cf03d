using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Weight;

/// <summary>A weigher that waits holds up its own caller only.</summary>
public sealed class WeigherBlocksTests
{
    public static TheoryData<string> Writes => WeighedWrites.Names;

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Writes))]
    public async Task A_weigher_that_waits_holds_up_neither_other_keys_nor_its_own(string write)
    {
        await Wait.LeaveRunner();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var weigher = new ScriptedWeigher();
        using Cache<int, string> cache = weigher.CreateCache();
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        WeighedWrites.Fill(cache);
        weigher.Once((_, _) =>
        {
            entered.Set();
            release.Wait(cancellation);
        });
        int written = WeighedWrites.KeyOf(write);

        Task blocked = Task.Run(() => WeighedWrites.Run(write, cache), cancellation);
        entered.Wait(cancellation);

        Assert.Equal(written == WeighedWrites.Present, cache.TryGet(written, out _));
        Assert.True(cache.Set(0, "0"));
        Assert.True(cache.TryRemove(2));
        CacheProbe.AssertWorks(cache);
        cache.WeightLimit = 200;
        Assert.True(cache.Set(written, "meanwhile"));
        Assert.True(cache.TryRemove(written));
        CacheProbe.AssertWorks(cache);
        release.Set();
        await blocked;

        // What was loaded before the key was removed is not kept.
        bool isKept = write is not ("TryUpdate" or "TryUpdate if") && !write.StartsWith("GetOrAdd", StringComparison.Ordinal);
        Assert.Equal(isKept, cache.ContainsKey(written));
        Assert.Equal(cache.Sum(entry => entry.Value.Length), cache.Weight);
        CacheProbe.AssertWorks(cache);
    }
}
