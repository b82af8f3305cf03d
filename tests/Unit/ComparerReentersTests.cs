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

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Comparisons_that_call_back_into_each_others_shards_never_hang()
    {
        // Each thread calls back into the other's shard in the middle of an operation on its own.
        using var bothInside = new Barrier(2);
        var comparer = new ScriptedComparer<(int Code, int Id)> { HashCodes = key => key.Code };
        using Cache<(int Code, int Id), string> cache = TestCache.Of<(int, int), string>(100, shards: 2, comparer: comparer);
        (int first, int second) = CodesOfTwoShards();
        cache.Set((first, 0), "first");
        cache.Set((second, 0), "second");
        using var calls = new ThreadLocal<int>();
        int calledBack = 0;
        comparer.OnEquals = _ =>
        {
            if (++calls.Value == 1)
            {
                bothInside.SignalAndWait();
                Interlocked.Increment(ref calledBack);
                cache.Set((Environment.CurrentManagedThreadId == ThreadOfFirst ? second : first, 2), "called back");
            }
        };

        Task<Exception?> one = Start(first);
        Task<Exception?> other = Start(second);
        Exception?[] outcomes = await Task.WhenAll(one, other);

        Assert.All(outcomes, Assert.Null);
        Assert.Equal(2, calledBack);
        comparer.OnEquals = null;
        cache.AssertConsistent();

        Task<Exception?> Start(int code)
        {
            var outcome = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var thread = new Thread(() =>
            {
                if (code == first)
                {
                    ThreadOfFirst = Environment.CurrentManagedThreadId;
                }

                outcome.SetResult(Record.Exception(() => cache.Set((code, 1), "added")));
            })
            { IsBackground = true };
            thread.Start();
            return outcome.Task;
        }
    }

    private int ThreadOfFirst { get; set; }

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
