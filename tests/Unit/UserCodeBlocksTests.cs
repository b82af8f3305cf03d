using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

/// <summary>User code that waits holds up nobody but its own caller.</summary>
public sealed class UserCodeBlocksTests
{
    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_factory_that_waits_holds_up_neither_other_keys_nor_writes_of_its_own()
    {
        await Wait.LeaveRunner();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using Cache<int, string> cache = TestCache.Of<int, string>(capacity: 8);
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        cache.Set(2, "two");
        Task<string> blocked = Task.Run(
            () => cache.GetOrAdd(1, _ =>
            {
                entered.Set();
                release.Wait(cancellation);
                return "late";
            }),
            cancellation);
        entered.Wait(cancellation);

        Assert.False(cache.TryGet(1, out _));
        Assert.Equal("two", cache.GetOrAdd(2, _ => "other"));
        CacheProbe.AssertWorks(cache);
        Assert.True(cache.Set(1, "early"));
        Assert.Equal("early", cache.GetOrAdd(1, _ => "other"));
        release.Set();

        Assert.Equal("late", await blocked);
        Assert.Equal("early", cache.GetMany([1])[1]);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task An_update_factory_that_waits_holds_up_nobody_and_sees_what_was_written_meanwhile()
    {
        await Wait.LeaveRunner();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using Cache<int, string> cache = TestCache.Of<int, string>(capacity: 8);
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        cache.Set(1, "a");
        Task<string> blocked = Task.Run(
            () => cache.AddOrUpdate(1, "absent", (_, old) =>
            {
                entered.Set();
                release.Wait(cancellation);
                return old + "!";
            }),
            cancellation);
        entered.Wait(cancellation);

        Assert.True(cache.TryGet(1, out string? value));
        Assert.Equal("a", value);
        Assert.True(cache.Set(1, "b"));
        CacheProbe.AssertWorks(cache);
        release.Set();

        Assert.Equal("b!", await blocked);
        Assert.Equal("b!", cache.GetMany([1])[1]);
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_comparison_that_waits_holds_up_nobody(int comparison)
    {
        await Wait.LeaveRunner();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var release = new ManualResetEventSlim();
        var comparer = new ScriptedComparer<int> { HashCodes = key => key < 10 ? 7 : key };
        using Cache<int, string> cache = TestCache.Of<int, string>(capacity: 100, comparer: comparer);
        cache.Set(0, "collides with 1");
        cache.SetMany(Enumerable.Range(10, 10).Select(i => KeyValuePair.Create(i, $"{i}")));
        using var left = new ThreadLocal<int>();
        comparer.OnEquals = _ =>
        {
            if (--left.Value == 0)
            {
                entered.SetResult();
                release.Wait(cancellation);
            }
        };

        // An addition may make fewer comparisons than the one that is to wait.
        Task<bool> addition = Task.Run(
            () =>
            {
                left.Value = comparison;
                bool kept = cache.Set(1, "one");
                left.Value = 0;
                return kept;
            },
            cancellation);
        await Task.WhenAny(entered.Task, addition);

        for (int i = 10; i < 20; i++)
        {
            Assert.True(cache.TryGet(i, out string? value));
            Assert.Equal($"{i}", value);
            Assert.Equal(value, cache.GetOrAdd(i, _ => "made"));
            Assert.True(cache.TryUpdate(i, "replaced"));
            Assert.True(cache.Set(i, "updated"));
        }

        Assert.Contains(KeyValuePair.Create(10, "updated"), cache);
        CacheProbe.AssertWorks(cache);
        release.Set();

        Assert.True(await addition);
        comparer.OnEquals = null;
        Assert.Equal("one", cache.GetMany([1])[1]);
        CacheProbe.AssertWorks(cache);
    }
}
