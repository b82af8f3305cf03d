using FastCache.Notifications;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Notifications;

public sealed class BacklogTests
{
    private readonly Backlog _backlog = new(limit: 4);

    [Fact(Timeout = Wait.Watchdog)]
    public Task Up_to_the_limit_nobody_waits()
        => Task.Run(
            () =>
            {
                Add(4);

                _backlog.AwaitRoom();

                Assert.Equal(4, _backlog.Count);
            },
            TestContext.Current.CancellationToken);

    [Fact(Timeout = Wait.Watchdog)]
    public Task Above_it_one_waits_until_half_of_it_is_left()
        => Task.Run(
            () =>
            {
                Add(5);
                Thread waiter = StartWaiter();
                _backlog.Remove();
                _backlog.Remove();
                Assert.True(waiter.IsAlive);

                _backlog.Remove();
                waiter.Join();
            },
            TestContext.Current.CancellationToken);

    [Fact(Timeout = Wait.Watchdog)]
    public Task A_listener_does_not_wait()
        => Task.Run(
            () =>
            {
                Add(5);
                ListenerFlow.Enter();

                _backlog.AwaitRoom();

                ListenerFlow.Leave();
            },
            TestContext.Current.CancellationToken);

    [Fact(Timeout = 2 * Wait.Watchdog)]
    public Task Nobody_waits_for_ever()
        => Task.Run(
            () =>
            {
                const int Writers = 3;
                const int Events = 4_000;
                Crew.Run(Writers + 1, thread =>
                {
                    for (int i = 0; i < (thread == 0 ? Writers * Events : Events); i++)
                    {
                        if (thread == 0)
                        {
                            Wait.Until(() => _backlog.Count > 0);
                            _backlog.Remove();
                        }
                        else
                        {
                            _backlog.Add();
                            _backlog.AwaitRoom();
                            Assert.InRange(_backlog.Count, 0, 4 + Writers);
                        }
                    }
                });

                Assert.Equal(0, _backlog.Count);
            },
            TestContext.Current.CancellationToken);

    private void Add(int events)
    {
        for (int i = 0; i < events; i++)
        {
            _backlog.Add();
        }
    }

    private Thread StartWaiter()
    {
        var waiter = new Thread(_backlog.AwaitRoom) { IsBackground = true };
        waiter.Start();
        Wait.Until(() => (waiter.ThreadState & ThreadState.WaitSleepJoin) != 0);
        return waiter;
    }
}
