using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>A load that would wait for itself is told so instead of waiting for ever; loads inside loads work otherwise.</summary>
public sealed class RecursiveLoadTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly Cache<int, string> _cache;

    public RecursiveLoadTests() => _cache = ExpiringCache.Of<int, string>(_time, capacity: 1000);

    /// <summary>How a factory asks the cache.</summary>
    public enum Way
    {
        Sync,
        Async,
        AsyncWithTimeLimit,
        Context,
        ContextBehindAwait,
        Bulk,
    }

    public static TheoryData<Way> Ways => [.. Enum.GetValues<Way>()];

    public void Dispose() => _cache.Dispose();

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Ways))]
    public Task A_factory_that_asks_for_its_own_key_is_refused(Way way) => AssertRefusedAsync(way, [1, 1]);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Ways))]
    public Task A_factory_that_asks_for_its_own_key_through_another_one_is_refused(Way way) => AssertRefusedAsync(way, [1, 2, 1]);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Ways))]
    public Task A_circle_that_does_not_begin_at_the_first_load_is_refused(Way way) => AssertRefusedAsync(way, [1, 2, 3, 4, 2]);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Ways))]
    public async Task A_chain_of_other_keys_works(Way way)
    {
        await Wait.LeaveRunner();
        int[] chain = [.. Enumerable.Range(1, 50)];

        Assert.Equal("end", await AskAsync(way, chain, 0, null));

        Assert.Equal(chain.Length, _cache.Count);
        AssertNothingIsLeft();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Two_threads_whose_loads_wait_for_each_other_both_end_and_one_is_refused()
    {
        await Wait.LeaveRunner();
        using var bothLoad = new Barrier(2);
        int refused = 0;

        Crew.RunPair(() => Load(1, 2), () => Load(2, 1));

        Assert.Equal(1, refused);
        Assert.Equal(2, _cache.Count);
        AssertNothingIsLeft();

        void Load(int own, int other) => _cache.GetOrAdd(own, _ =>
        {
            bothLoad.SignalAndWait();
            try
            {
                return _cache.GetOrAdd(other, _ => "unused") + " and mine";
            }
            catch (InvalidOperationException)
            {
                Interlocked.Increment(ref refused);
                return "alone";
            }
        });
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Two_flows_whose_loads_wait_for_each_other_both_end_and_one_is_refused()
    {
        await Wait.LeaveRunner();
        var bothLoad = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int refused = 0;
        Task<string>[] loads = [LoadAsync(1, 2), LoadAsync(2, 1)];

        bothLoad.SetResult();
        await Task.WhenAll(loads);

        Assert.Equal(1, refused);
        AssertNothingIsLeft();

        Task<string> LoadAsync(int own, int other) => _cache.GetOrAddAsync(own, async context =>
        {
            await bothLoad.Task;
            try
            {
                return await context.GetOrAddAsync(other, static _ => new ValueTask<string>("unused")) + " and mine";
            }
            catch (InvalidOperationException)
            {
                Interlocked.Increment(ref refused);
                return "alone";
            }
        }).AsTask();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    public async Task A_load_that_waits_for_two_others_is_refused_to_either(int askedFirst, int askedLast)
    {
        await Wait.LeaveRunner();
        var source = new ScriptedSource<string>();
        Task<string> outer = _cache.GetOrAddAsync(1, async context =>
        {
            Task<string> first = context.GetOrAddAsync(askedFirst, InnerAsync).AsTask();
            Task<string> last = context.GetOrAddAsync(askedLast, InnerAsync).AsTask();
            return string.Join(' ', await Task.WhenAll(first, last));
        }).AsTask();
        source.AwaitCalls(2);

        // The answer to key 3 ends that wait; key 2 then asks for what waits for it.
        source.Answer("three", call: askedFirst == 3 ? 0 : 1);
        Wait.Until(() => _cache.ContainsKey(3));
        source.Answer("go on", call: askedFirst == 2 ? 0 : 1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => outer);
        AssertNothingIsLeft();

        async ValueTask<string> InnerAsync(LoadContext<int, string> context)
        {
            string answer = await source.Ask();
            return context.Key == 3 ? answer : await context.GetOrAddAsync(1, static _ => new ValueTask<string>("unused"));
        }
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Two_loads_that_need_the_same_third_one_share_it()
    {
        await Wait.LeaveRunner();
        var source = new ScriptedSource<string>();
        Task<string> outer = _cache.GetOrAddAsync(1, async context =>
        {
            Task<string> left = context.GetOrAddAsync(2, MiddleAsync).AsTask();
            Task<string> right = context.GetOrAddAsync(3, MiddleAsync).AsTask();
            return await left + await right;
        }).AsTask();
        source.AwaitCalls(1);

        source.Answer("deep");

        Assert.Equal("deepdeep", await outer);
        Assert.Equal(1, source.Calls);
        AssertNothingIsLeft();

        async ValueTask<string> MiddleAsync(LoadContext<int, string> context)
        {
            await Task.Yield();
            return await context.GetOrAddAsync(4, _ => new ValueTask<string>(source.Ask()));
        }
    }

    private async Task AssertRefusedAsync(Way way, int[] chain)
    {
        await Wait.LeaveRunner();

        await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(way, chain, 0, null));

        Assert.Equal(0, _cache.Count);
        AssertNothingIsLeft();
        foreach (int key in chain.Distinct())
        {
            Assert.Equal("later", _cache.GetOrAdd(key, _ => "later"));
        }
    }

    /// <summary>Asks for a key of a chain, whose factory asks for the next one.</summary>
    private Task<string> AskAsync(Way way, int[] chain, int index, LoadContext<int, string>? caller)
    {
        if (index == chain.Length)
        {
            return Task.FromResult("end");
        }

        int key = chain[index];
        return way switch
        {
            Way.Sync => Task.FromResult(_cache.GetOrAdd(key, _ => NextAsync(null).GetAwaiter().GetResult())),
            Way.Async => _cache.GetOrAddAsync(key, (_, _) => NextAsync(null)).AsTask(),
            Way.AsyncWithTimeLimit => _cache.GetOrAddAsync(
                key, _ => new ValueTask<string>(NextAsync(null)), new LoadOptions { HardTimeout = TimeSpan.FromDays(1) }).AsTask(),
            Way.Bulk => ManyAsync(),
            _ => caller is null ? _cache.GetOrAddAsync(key, InnerAsync).AsTask() : caller.GetOrAddAsync(key, InnerAsync).AsTask(),
        };

        Task<string> NextAsync(LoadContext<int, string>? context) => AskAsync(way, chain, index + 1, context);

        async ValueTask<string> InnerAsync(LoadContext<int, string> context)
        {
            if (way == Way.ContextBehindAwait)
            {
                await Task.Yield();
            }

            return await NextAsync(context);
        }

        async Task<string> ManyAsync()
        {
            Dictionary<int, string> values = await _cache.GetOrAddManyAsync(
                [key, key + 100], async (keys, _) =>
                {
                    string value = await NextAsync(null);
                    return [KeyValuePair.Create(key, value)];
                });
            return values[key];
        }
    }

    private void AssertNothingIsLeft()
    {
        Wait.Until(() => _cache.LoadsInProgress == 0);
        _cache.AssertConsistent();
    }
}
