using System.Runtime.CompilerServices;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>Gate: a load that has failed, was cancelled or is over leaves nothing behind, however many there were.</summary>
public sealed class LoadLeakTests
{
    // Together they would leave several megabytes if each of them left a flight, an exception or a context.
    private const int Loads = 50_000;
    private const int Slack = 1 << 21;
    private const int Attempts = 8;

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData("throws")]
    [InlineData("throws asynchronously")]
    [InlineData("gives up")]
    [InlineData("is not kept")]
    public async Task Any_number_of_loads_that_bring_nothing_leaves_the_heap_as_it_was(string ending)
    {
        await Wait.LeaveRunner();
        using Cache<int, string> cache = TestCache.Of<int, string>(100);
        await FailManyAsync(cache, ending, Loads / 10);
        long grown;
        int attempts = 0;
        do
        {
            // Other tests run beside this one, and what they hold comes and goes; what leaks grows every time.
            long before = GC.GetTotalMemory(forceFullCollection: true);
            await FailManyAsync(cache, ending, Loads);
            grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        }
        while (grown >= Slack && ++attempts < Attempts);

        Assert.InRange(grown, long.MinValue, Slack);
        Assert.Equal(0, cache.LoadsInProgress);
        Assert.Equal(0, cache.Count);
        cache.AssertConsistent();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData("throws")]
    [InlineData("throws asynchronously")]
    [InlineData("gives up")]
    [InlineData("is not kept")]
    [InlineData("is removed")]
    public async Task Keys_values_factories_and_exceptions_of_loads_that_are_over_can_be_collected(string ending)
    {
        await Wait.LeaveRunner();
        using Cache<object, object> cache = TestCache.Of<object, object>(100);
        List<WeakReference> references = [];

        await RunAsync(cache, ending, references);

        // The frames of what has just completed are still on this stack.
        await Wait.LeaveRunner();
        Assert.Equal(0, cache.LoadsInProgress);
        Garbage.AwaitCollection(references);
        GC.KeepAlive(cache);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_cache_whose_background_loads_never_end_can_be_collected_once_it_is_disposed()
    {
        await Wait.LeaveRunner();

        WeakReference reference = MakeRefreshAndDispose();

        Garbage.AwaitCollection([reference]);
    }

    private static async Task FailManyAsync(Cache<int, string> cache, string ending, int count)
    {
        using var cancelled = new CancellationTokenSource();
        for (int i = 0; i < count; i++)
        {
            int key = i % 50;
            try
            {
                _ = ending switch
                {
                    "throws" => cache.GetOrAdd(key, static _ => throw Failure.Instance),
                    "throws asynchronously" => await cache.GetOrAddAsync(key, static async (_, _) =>
                    {
                        await Task.Yield();
                        throw Failure.Instance;
                    }),
                    "gives up" => await cache.GetOrAddAsync(
                        key, static (_, _) => Task.FromCanceled<string>(new CancellationToken(canceled: true)), cancelled.Token),
                    _ => await cache.GetOrAddAsync(key, static context =>
                    {
                        context.KeepsResult = false;
                        return new ValueTask<string>("value");
                    }),
                };
            }
            catch (Exception expected) when (expected is Failure or OperationCanceledException)
            {
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task RunAsync(Cache<object, object> cache, string ending, List<WeakReference> references)
    {
        for (int i = 0; i < 20; i++)
        {
            await RunOneAsync(cache, ending, references);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task RunOneAsync(Cache<object, object> cache, string ending, List<WeakReference> references)
    {
        object key = new();
        object value = new();
        var error = new InvalidDataException("broken");
        references.AddRange([new WeakReference(key), new WeakReference(value), new WeakReference(error)]);
        try
        {
            await cache.GetOrAddAsync(key, async context =>
            {
                context.KeepsResult = ending != "is not kept";
                if (ending == "throws asynchronously")
                {
                    await Task.Yield();
                }

                return ending switch
                {
                    "throws" or "throws asynchronously" => throw error,
                    "gives up" => throw new OperationCanceledException(new CancellationToken(canceled: true)),
                    _ => value,
                };
            });
        }
        catch (Exception expected) when (expected is InvalidDataException or OperationCanceledException)
        {
        }

        cache.TryRemove(key);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference MakeRefreshAndDispose()
    {
        var time = new ManualTimeProvider();
        Cache<int, string> cache = ExpiringCache.Of<int, string>(time, static options
            => options.Loading = new LoadOptions { EagerRefreshThreshold = 0.5 });
        var source = new ScriptedSource<string>();
        cache.Set(1, "old", ExpiringCache.For(TimeSpan.FromSeconds(10)));
        time.Advance(TimeSpan.FromSeconds(6));
        cache.GetOrAdd(1, _ => source.Ask().GetAwaiter().GetResult() + "new");
        source.AwaitCalls(1);
        cache.Dispose();
        source.Answer("late");
        Wait.Until(() => cache.LoadsInProgress == 0);
        return new WeakReference(cache);
    }

    private sealed class Failure : Exception
    {
        public static readonly Failure Instance = new();
    }
}
