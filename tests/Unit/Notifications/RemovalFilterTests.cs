using FastCache.Notifications;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Notifications;

/// <summary>A filter says of which values the listener is told. The library's own: no option of the application's.</summary>
public sealed class RemovalFilterTests
{
    private readonly RemovalRecord<int, int> _record = new();

    public static TheoryData<RemovalCause> Causes => [.. Enum.GetValues<RemovalCause>()];

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Causes))]
    public async Task The_listener_is_told_of_values_of_interest_only(RemovalCause cause)
    {
        var time = new ManualTimeProvider();
        Cache<int, int> cache = _record.Watch(10, options =>
        {
            options.RemovalFilter = IsEven;
            options.TimeProvider = time;
            options.ExpireAfterWrite = cause == RemovalCause.Expired ? TimeSpan.FromMinutes(1) : null;
        });
        cache.SetMany(Enumerable.Range(0, 10).Select(key => KeyValuePair.Create(key, key)));

        Remove(cache, cause, time);
        RemovalCause[] heard = cause == RemovalCause.Cleared ? [cause] : [cause, RemovalCause.Cleared];
        await cache.DisposeAsync();

        Assert.All(_record.Removals, removal => Assert.True(IsEven(removal.Value)));
        Assert.Equal([0, 2, 4, 6, 8], _record.Removals.Where(removal => removal.Value < 10).Select(removal => removal.Value).Order());
        Assert.Contains(_record.Removals, removal => removal.Cause == cause);
        Assert.All(_record.Removals, removal => Assert.Contains(removal.Cause, heard));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Values_without_interest_take_no_room_while_the_listener_is_far_behind()
    {
        await Wait.LeaveRunner();
        using var door = new Door();
        _record.OnRemoval = (_, _, _) => door.Pass();
        Cache<int, int> cache = _record.Watch(10, options => options.RemovalFilter = IsEven);
        cache.Set(1, 2);
        cache.TryRemove(1);
        door.AwaitSomebody();

        // Twice as many as may wait for the listener, from a thread that would wait for it.
        for (int i = 0; i < 2 * NotificationActor<int, int>.Limit; i++)
        {
            cache.Set(1, (2 * i) + 1);
        }

        Assert.Equal(0, _record.Count);
        door.Open();
        await cache.DisposeAsync();

        Assert.Equal([(1, 2, RemovalCause.Explicit)], _record.Removals);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_the_cache_owns_is_disposed_whether_anybody_listens_or_not()
    {
        var resource = new Resource(1);
        Cache<int, Scoped<Resource>> cache = ScopedCache.Of(10, options =>
        {
            options.RemovalListener = static (_, _, _) => { };
            options.RemovalFilter = static _ => false;
        });
        cache.Set(1, new Scoped<Resource>(resource));

        cache.TryRemove(1);
        await cache.DisposeAsync();

        Assert.Equal(1, resource.Disposals);
    }

    private static bool IsEven(int value) => value % 2 == 0;

    private static void Remove(Cache<int, int> cache, RemovalCause cause, ManualTimeProvider time)
    {
        switch (cause)
        {
            case RemovalCause.Explicit:
                cache.RemoveMany(Enumerable.Range(0, 4));
                break;
            case RemovalCause.Replaced:
                cache.SetMany(Enumerable.Range(0, 4).Select(key => KeyValuePair.Create(key, key + 100)));
                break;
            case RemovalCause.Expired:
                time.Advance(TimeSpan.FromMinutes(2));
                cache.TrimExpired();
                break;
            case RemovalCause.Capacity:
                cache.Trim(4);
                break;
            case RemovalCause.Cleared:
                cache.Clear();
                break;
        }
    }
}
