using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Hybrid;
using Xunit;

namespace FastCache.Tests.Extensions.Hybrid;

/// <summary>What is written, removed or invalidated while a factory runs is newer than its result, in the process and in the second level.</summary>
public sealed class WriteWinsTests
{
    private static readonly string[] Changes = ["set", "remove", "tag", "tags", "everything"];

    private static readonly HybridCacheEntryFlags[] Kinds =
        [HybridCacheEntryFlags.None, HybridCacheEntryFlags.DisableLocalCacheRead, HybridCacheEntryFlags.DisableDistributedCacheRead];

    public static MatrixTheoryData<string, HybridCacheEntryFlags, bool> Cases => new(Changes, Kinds, [false, true]);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Cases))]
    public async Task The_result_of_a_factory_does_not_undo_it(string change, HybridCacheEntryFlags flags, bool hasSecond)
    {
        var time = new ManualTimeProvider();
        ScriptedSecondLevel? second = hasSecond ? new ScriptedBufferSecondLevel(time) : null;
        await using var test = new TestHybridCache(second, time);
        await test.GetAsync("key", "before", With(HybridCacheEntryFlags.DisableDistributedCacheWrite), "a", "b");
        if (flags != HybridCacheEntryFlags.DisableLocalCacheRead)
        {
            await test.Cache.RemoveAsync("key");
        }

        var source = new TaskCompletionSource<string>();
        Task<string> asked = Load(test, source, flags);
        await ChangeAsync(test.Cache, change);
        var newer = new TaskCompletionSource<string>();
        Task<string> askedLater = Load(test, newer, flags);
        newer.SetResult("newer");
        source.SetResult("older");

        Assert.Equal("older", await asked);

        // Who does not look here finds it there, if there is a second level.
        string expected = change == "set" && (hasSecond || flags != HybridCacheEntryFlags.DisableLocalCacheRead) ? "set" : "newer";
        Assert.Equal(expected, await askedLater);
        Assert.Equal(expected, await test.FindAsync<string>("key"));
        if (second is not null)
        {
            await using var other = new TestHybridCache(second, time);
            Assert.Equal(expected, await other.FindAsync<string>("key"));
        }

        test.AssertAtRest();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Cases))]
    public async Task The_result_is_kept_nowhere(string change, HybridCacheEntryFlags flags, bool hasSecond)
    {
        var time = new ManualTimeProvider();
        ScriptedSecondLevel? second = hasSecond ? new ScriptedBufferSecondLevel(time) : null;
        await using var test = new TestHybridCache(second, time);
        var source = new TaskCompletionSource<string>();
        Task<string> asked = Load(test, source, flags);

        await ChangeAsync(test.Cache, change);
        source.SetResult("older");

        Assert.Equal("older", await asked);
        Assert.Equal(change == "set" ? "set" : "newer", await test.GetAsync("key", "newer"));
        if (second is not null)
        {
            await using var other = new TestHybridCache(second, time);
            Assert.Equal(change == "set" ? "set" : "newer", await other.FindAsync<string>("key"));
        }

        test.AssertAtRest();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Another_tag_or_key_does_not_matter()
    {
        await using var test = new TestHybridCache();
        var source = new TaskCompletionSource<string>();
        Task<string> plain = Load(test, source, HybridCacheEntryFlags.None);
        Task<string> apart = test.Cache.GetOrCreateAsync(
            "other",
            source,
            static (source, _) => new ValueTask<string>(source.Task),
            With(HybridCacheEntryFlags.DisableLocalCacheRead),
            ["a"]).AsTask();

        await test.Cache.RemoveByTagAsync("c");
        await test.Cache.RemoveAsync("third");
        await test.Cache.SetAsync("fourth", 1);
        source.SetResult("value");
        await Task.WhenAll(plain, apart);

        Assert.Equal("value", await test.FindAsync<string>("key"));
        Assert.Equal("value", await test.FindAsync<string>("other"));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_is_read_from_the_second_level_while_it_is_removed_there_is_not_kept()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            await test.GetAsync("key", "before");
            await test.ForgetLocalAsync("key");
            var removing = new TaskCompletionSource();
            second.OnRemove = (_, _) => removing.Task;

            Task removal = test.Cache.RemoveAsync("key").AsTask();
            Task<string> asked = test.GetAsync("key", "after").AsTask();
            Assert.False(asked.IsCompleted);
            removing.SetResult();

            await removal;
            Assert.Equal("after", await asked);
            Assert.Equal("after", await test.FindAsync<string>("key"));
            test.AssertAtRest();
        }
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Writes_of_a_key_reach_the_second_level_in_the_order_in_which_they_were_made_here()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            var gates = new Queue<TaskCompletionSource>([new(), new()]);
            TaskCompletionSource[] inOrder = [.. gates];
            second.OnWrite = (_, _) => gates.Dequeue().Task;

            Task first = test.Cache.SetAsync("key", "first").AsTask();
            Task last = test.Cache.SetAsync("key", "last").AsTask();
            inOrder[1].SetResult();
            Assert.Equal((1, "last"), (second.Writes, await test.FindAsync<string>("key")));
            inOrder[0].SetResult();
            await Task.WhenAll(first, last);

            second.OnWrite = null;
            await using var other = new TestHybridCache(second, test.Time);
            Assert.Equal("last", await other.FindAsync<string>("key"));
            test.AssertAtRest();
        }
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Who_gives_up_a_write_does_not_let_later_ones_overtake_earlier_ones()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            var gate = new TaskCompletionSource();
            second.OnWrite = (_, _) => gate.Task;
            using var impatient = new CancellationTokenSource();
            Task first = test.Cache.SetAsync("key", "first").AsTask();
            Task second2 = test.Cache.SetAsync("key", "second", cancellationToken: impatient.Token).AsTask();
            Task third = test.Cache.SetAsync("key", "third").AsTask();

            await impatient.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second2);
            Assert.Equal(1, second.Writes);
            gate.SetResult();
            await Task.WhenAll(first, third);

            Assert.Equal(2, second.Writes);
            test.AssertAtRest();
        }
    }

    private static HybridCacheEntryOptions With(HybridCacheEntryFlags flags) => TestHybridCache.With(flags);

    private static Task<string> Load(TestHybridCache test, TaskCompletionSource<string> source, HybridCacheEntryFlags flags)
        => test.Cache.GetOrCreateAsync("key", source, static (source, _) => new ValueTask<string>(source.Task), With(flags), ["a", "b"]).AsTask();

    private static ValueTask ChangeAsync(HybridCache cache, string change)
        => change switch
        {
            "set" => cache.SetAsync("key", "set"),
            "remove" => cache.RemoveAsync("key"),
            "tag" => cache.RemoveByTagAsync("b"),
            "tags" => cache.RemoveByTagAsync(["c", "a"]),
            _ => cache.RemoveByTagAsync("*"),
        };
}
