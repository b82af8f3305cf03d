using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>A removal counts whether or not the key is there: what is being loaded at that moment is out of date.</summary>
public sealed class AbsentKeyInvalidationTests
{
    private const int Keys = 200;

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(1)]
    [InlineData(16)]
    public async Task Removed_keys_are_not_kept_and_all_others_are(int shards)
    {
        await Wait.LeaveRunner();
        using Cache<int, int> cache = TestCache.Of<int, int>(10_000, shards: shards);
        var sources = new ScriptedSource<int>[Keys];
        Task<int>[] loads = [.. Enumerable.Range(0, Keys).Select(key =>
        {
            sources[key] = new ScriptedSource<int>();
            return cache.GetOrAddAsync(key, (_, token) => sources[key].Ask(token)).AsTask();
        })];
        Assert.Equal(Keys, cache.LoadsInProgress);

        Assert.Equal(0, cache.RemoveMany(Enumerable.Range(0, Keys).Where(static key => key % 3 == 0)));
        for (int key = 0; key < Keys; key++)
        {
            sources[key].Answer(key);
        }

        Assert.Equal(Enumerable.Range(0, Keys), await Task.WhenAll(loads));
        Assert.All(Enumerable.Range(0, Keys), key => Assert.Equal(key % 3 != 0, cache.ContainsKey(key)));
        Assert.Equal(0, cache.LoadsInProgress);
        cache.AssertConsistent();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(1)]
    [InlineData(16)]
    public async Task Clear_concerns_the_loads_of_all_shards(int shards)
    {
        await Wait.LeaveRunner();
        using Cache<int, int> cache = TestCache.Of<int, int>(10_000, shards: shards);
        var source = new TaskCompletionSource();
        Task<int>[] loads = [.. Enumerable.Range(0, Keys).Select(key => cache.GetOrAddAsync(key, async (_, _) =>
        {
            await source.Task;
            return key;
        }).AsTask())];

        cache.Clear();
        source.SetResult();

        Assert.Equal(Enumerable.Range(0, Keys), await Task.WhenAll(loads));
        Assert.Equal(0, cache.Count);
        Assert.Equal(0, cache.LoadsInProgress);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_removal_that_returns_before_the_factory_reads_its_source_is_seen_by_it_or_wins()
    {
        await Wait.LeaveRunner();
        using Cache<int, int> cache = TestCache.Of<int, int>(100);
        int source = 0;
        for (int version = 1; version <= 500; version++)
        {
            // The source changes, and then the key is removed: what is cached afterwards is not older than that.
            Crew.RunPair(
                () => cache.GetOrAdd(1, _ => Volatile.Read(ref source)),
                () =>
                {
                    Volatile.Write(ref source, version);
                    cache.TryRemove(1);
                });
            Assert.True(!cache.TryGet(1, out int held) || held == version, $"version {version}, held {held}");
            if (TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                break;
            }
        }

        cache.AssertConsistent();
    }
}
