using FastCache.Notifications;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Notifications;

/// <summary>A writer that is far ahead of the listener waits for it; nothing is lost and nothing else waits.</summary>
public sealed class BackPressureTests
{
    private const int Limit = NotificationActor<int, int>.Limit;
    private readonly RemovalRecord<int, int> _record = new();

    public static TheoryData<string> Writes => ["set", "update", "add or update", "insert", "remove"];

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Writes))]
    public async Task A_writer_waits_for_a_listener_that_is_far_behind(string write)
    {
        await Wait.LeaveRunner();
        using var door = new Door();
        _record.OnRemoval = (_, _, _) => door.Pass();
        Cache<int, int> cache = _record.Watch(10);
        for (int key = 0; key < 10; key++)
        {
            cache.Set(key, 0);
        }

        // As many as may wait: these writes return.
        for (int i = 1; i <= Limit; i++)
        {
            cache.Set(1, i);
        }

        door.AwaitSomebody();
        Assert.Equal(0, _record.Count);
        using var isBack = new ManualResetEventSlim();
        int delivered = -1;
        var writer = new Thread(() =>
        {
            Write(cache, write);
            delivered = _record.Count;
            isBack.Set();
        })
        { IsBackground = true };
        writer.Start();
        Wait.Until(() => (writer.ThreadState & ThreadState.WaitSleepJoin) != 0);

        // The writer holds nothing that others need.
        Assert.False(isBack.IsSet);
        Assert.True(cache.TryGet(2, out _));
        Assert.False(cache.TryRemove(1_000_000));
        door.Open();
        isBack.Wait(TestContext.Current.CancellationToken);
        await cache.DisposeAsync();

        Assert.True(delivered >= Limit / 2, $"{delivered} delivered when the writer went on");
        Assert.Equal(Limit + 1 + cache.Capacity - (write == "remove" ? 1 : 0), _record.Count);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_listener_never_waits_for_itself()
    {
        await Wait.LeaveRunner();
        Cache<int, int>? watched = null;
        _record.OnRemoval = (_, value, _) =>
        {
            if (value == 0)
            {
                for (int i = 1; i < 2 * Limit; i++)
                {
                    watched!.Set(1, i);
                }
            }
        };
        Cache<int, int> cache = watched = _record.Watch(10);
        cache.Set(1, 0);

        cache.TryRemove(1);
        Wait.Until(() => _record.Count == (2 * Limit) - 1);
        await cache.DisposeAsync();

        Assert.Equal(Enumerable.Range(0, 2 * Limit), _record.Removals.Select(removal => removal.Value));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Readers_and_background_work_do_not_wait()
    {
        await Wait.LeaveRunner();
        var time = new ManualTimeProvider();
        using var door = new Door();
        _record.OnRemoval = (_, _, _) => door.Pass();
        Cache<int, int> cache = _record.Watch(10, options => options.TimeProvider = time);
        cache.Set(2, 2, ExpiringCache.For(ExpiringCache.Tick));
        cache.Set(3, 3, ExpiringCache.For(ExpiringCache.Tick));
        for (int i = 0; i <= Limit; i++)
        {
            cache.Set(1, i);
        }

        time.Advance(10 * ExpiringCache.Tick);
        Assert.False(cache.TryGet(2, out _));
        Wait.Until(() => cache.Count == 1);
        door.Open();
        await cache.DisposeAsync();

        Assert.Equal(Limit + 3, _record.Count);
    }

    private static void Write(Cache<int, int> cache, string write)
    {
        switch (write)
        {
            case "set":
                cache.Set(1, -1);
                break;
            case "update":
                cache.TryUpdate(1, -1);
                break;
            case "add or update":
                cache.AddOrUpdate(1, -1, (_, value) => -value);
                break;
            case "insert":
                cache.Set(100, -1);
                break;
            default:
                cache.TryRemove(1);
                break;
        }
    }
}
