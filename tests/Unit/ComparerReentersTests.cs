using FastCache.Table;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

/// <summary>
/// A comparison runs outside every turn, so it may call back into the cache, and the cache works afterwards.
/// </summary>
public sealed class ComparerReentersTests
{
    private static readonly Dictionary<string, Action<Cache<int, string>>> Callbacks = new()
    {
        ["TryGet"] = cache => cache.TryGet(2, out _),
        ["Set"] = cache => cache.Set(2, "2"),
        ["Set, absent"] = cache => cache.Set(50, "50"),
        ["TryAdd, absent"] = cache => cache.TryAdd(51, "51"),
        ["TryUpdate"] = cache => cache.TryUpdate(2, "2"),
        ["AddOrUpdate"] = cache => cache.AddOrUpdate(52, "52", (_, old) => old),
        ["GetOrAdd"] = cache => cache.GetOrAdd(53, _ => "53"),
        ["TryRemove"] = cache => cache.TryRemove(3),
        ["TryRemove pair"] = cache => cache.TryRemove(KeyValuePair.Create(3, "3")),
        ["Clear"] = cache => cache.Clear(),
        ["enumerate"] = cache => Assert.All(cache, entry => Assert.Equal($"{entry.Key}", entry.Value)),
        ["Count"] = cache => Assert.InRange(cache.Count, 0, cache.Capacity),
        ["Dispose"] = cache => cache.Dispose(),
    };

    public static TheoryData<string> Names => [.. Callbacks.Keys];

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Names))]
    public Task A_comparison_that_calls_back_never_hangs(string callback)
        => Task.Run(() => CallBackFromEveryComparison(callback), TestContext.Current.CancellationToken);

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Comparisons_that_call_back_into_each_others_shards_never_hang(int comparison)
    {
        // Each thread is in the middle of an addition to its shard, and only then calls back into the other's.
        using var bothInside = new Barrier(2);
        using var comparisons = new ThreadLocal<int>();
        using var other = new ThreadLocal<int>();
        var comparer = new ScriptedComparer<(int Code, int Id)> { HashCodes = key => key.Code };
        using Cache<(int Code, int Id), string> cache = TestCache.Of<(int, int), string>(100, shards: 2, comparer: comparer);
        (int first, int second) = CodesOfTwoShards();
        cache.Set((first, 0), "first");
        cache.Set((second, 0), "second");
        comparer.OnEquals = _ =>
        {
            if (++comparisons.Value == comparison)
            {
                bothInside.SignalAndWait();
                cache.Set((other.Value, 2), "called back");
            }
        };

        Task one = Start(first, second);
        Task two = Start(second, first);
        await Task.WhenAll(one, two);

        comparer.OnEquals = null;
        Assert.True(cache.ContainsKey((first, 1)));
        Assert.True(cache.ContainsKey((second, 1)));
        cache.AssertConsistent();

        Task Start(int code, int otherCode)
            => Task.Factory.StartNew(
                () =>
                {
                    other.Value = otherCode;
                    cache.Set((code, 1), "added");
                    if (comparisons.Value < comparison)
                    {
                        bothInside.RemoveParticipant();
                    }
                },
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
    }

    private static void CallBackFromEveryComparison(string callback)
    {
        long calls = 1;
        for (long calling = 1; calling <= calls; calling++)
        {
            ScriptedComparer<int> comparer = ScriptedComparer<int>.AllCollide();
            Cache<int, string> cache = TestCache.Of<int, string>(capacity: 8, comparer: comparer);
            cache.SetMany(Enumerable.Range(0, 5).Select(i => KeyValuePair.Create(i, $"{i}")));
            comparer.EqualsCalls = 0;
            comparer.OnEquals = call =>
            {
                if (call == calling)
                {
                    Callbacks[callback](cache);
                }
            };

            Exception? thrown = Record.Exception(() => cache.Set(9, "9"));
            calls = comparer.EqualsCalls >= calling ? calling + 1 : calls;
            comparer.OnEquals = null;

            Assert.True(thrown is null or ObjectDisposedException, $"{thrown}");
            Assert.True(thrown is not ObjectDisposedException || callback == "Dispose");
            cache.AssertConsistent();
            if (callback != "Dispose")
            {
                Assert.All(cache, entry => Assert.Equal($"{entry.Key}", entry.Value));
                CacheProbe.AssertWorks(cache);
            }

            cache.Dispose();
            Assert.Equal(0, cache.Count);
        }
    }

    private static (int First, int Second) CodesOfTwoShards()
    {
        var hasher = new KeyHasher<(int, int)>(new ScriptedComparer<(int, int)>(), unchecked((ulong)TestCache.Seed));
        nint ShardOf(int code) => new KeyHash(hasher.Hash(code)).Shard(mask: 1);
        return (0, Enumerable.Range(1, 100).First(code => ShardOf(code) != ShardOf(0)));
    }
}
