using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>Whoever comes at the moment at which a load ends, fails, is cancelled or invalidated gets an answer.</summary>
public sealed class LateWaiterTests
{
    private const int Rounds = 2000;
    private const int Threads = 4;

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData("succeeds")]
    [InlineData("fails")]
    [InlineData("gives up")]
    public async Task Nobody_waits_for_a_load_that_is_over(string ending)
    {
        await Wait.LeaveRunner();
        using Cache<int, string> cache = TestCache.Of<int, string>(100);

        Crew.Run(Threads, number =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                Call(cache, number, round, ending);
                if ((round + number) % 3 == 0)
                {
                    cache.TryRemove(1);
                }
            }
        });

        Wait.Until(() => cache.LoadsInProgress == 0);
        Assert.Equal("value", cache.GetOrAdd(1, _ => "value"));
        cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Each_of_many_keys_is_made_once_though_all_threads_ask_for_it_in_all_ways()
    {
        await Wait.LeaveRunner();
        const int Keys = 1000;
        using Cache<int, int> cache = TestCache.Of<int, int>(10 * Keys, shards: 4);
        int[] made = new int[Keys];

        Crew.Run(Threads, number =>
        {
            for (int key = 0; key < Keys; key++)
            {
                int value = (key + number) % 2 == 0
                    ? cache.GetOrAdd(key, Make)
                    : cache.GetOrAddAsync(key, async (asked, _) =>
                    {
                        await Task.Yield();
                        return Make(asked);
                    }).AsTask().GetAwaiter().GetResult();
                Assert.Equal(key, value);
            }
        });

        Assert.All(made, static times => Assert.Equal(1, times));
        Assert.Equal(0, cache.LoadsInProgress);
        cache.AssertConsistent();

        int Make(int key)
        {
            Interlocked.Increment(ref made[key]);
            return key;
        }
    }

    private static void Call(Cache<int, string> cache, int number, int round, string ending)
    {
        using var cancellation = new CancellationTokenSource();
        try
        {
            Task<string> call = cache.GetOrAddAsync(
                1,
                async (_, token) =>
                {
                    await Task.Yield();
                    token.ThrowIfCancellationRequested();
                    return ending == "fails" ? throw new InvalidDataException() : "value";
                },
                cancellation.Token).AsTask();
            if (ending == "gives up" && (round + number) % 2 == 0)
            {
                cancellation.Cancel();
            }

            Assert.Equal("value", call.GetAwaiter().GetResult());
        }
        catch (InvalidDataException) when (ending == "fails")
        {
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
    }
}
