using FastCache.Threading;
using Xunit;

namespace FastCache.Tests.Unit.Threading;

public class TurnTests
{
    private Turn _turn;
    private long _unguarded;

    [Fact]
    public void One_thread_at_a_time_has_the_turn()
    {
        const int Threads = 4;
        const int Increments = 25_000;
        int inside = 0;
        int overlaps = 0;
        Thread[] threads =
        [
            .. Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
            {
                for (int i = 0; i < Increments; i++)
                {
                    using (_turn.Enter())
                    {
                        if (Interlocked.Increment(ref inside) != 1)
                        {
                            Interlocked.Increment(ref overlaps);
                        }

                        _unguarded++;
                        Interlocked.Decrement(ref inside);
                    }
                }
            })),
        ];

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(0, overlaps);
        Assert.Equal(Threads * Increments, _unguarded);
    }

    [Fact]
    public void The_holder_sees_what_the_turn_before_wrote()
    {
        using var handOver = new SemaphoreSlim(0);
        int[] written = new int[1000];
        var writer = new Thread(() =>
        {
            using (_turn.Enter())
            {
                handOver.Release();
                Array.Fill(written, 1);
            }
        });

        writer.Start();
        handOver.Wait(TestContext.Current.CancellationToken);
        using (_turn.Enter())
        {
            Assert.All(written, value => Assert.Equal(1, value));
        }

        writer.Join();
    }

    [Fact]
    public void An_exception_gives_the_turn_back()
    {
        Assert.Throws<InvalidTimeZoneException>(EnterAndThrow);

        bool entered = false;
        var other = new Thread(() =>
        {
            using (_turn.Enter())
            {
                entered = true;
            }
        });
        other.Start();
        other.Join();
        Assert.True(entered);
    }

    private void EnterAndThrow()
    {
        using (_turn.Enter())
        {
            throw new InvalidTimeZoneException();
        }
    }
}
