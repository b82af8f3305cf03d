using System.Runtime.CompilerServices;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FastCache.Tests.Unit.Notifications;

/// <summary>A listener may do what it likes: it harms nobody but itself.</summary>
public sealed class RemovalListenerTests
{
    private const string Secret = "a value that must not be logged";
    private readonly RemovalRecord<int, string> _record = new();

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_a_listener_throws_is_counted_and_logged_and_the_next_event_comes()
    {
        var logger = new ListedLogger();
        var failure = new InvalidOperationException("on purpose");
        _record.OnRemoval = (key, _, _) =>
        {
            if (key != 3)
            {
                throw failure;
            }
        };
        Cache<int, string> cache = _record.Watch(10, options => options.LoggerFactory = logger);
        cache.SetMany([new(123_456_789, Secret), new(2, Secret), new(3, "c")]);

        cache.RemoveMany([123_456_789, 2, 3]);
        await cache.DisposeAsync();

        Assert.Equal([(3, "c", RemovalCause.Explicit)], _record.Removals);
        Assert.Equal(2, cache.ListenerFailures);
        Assert.Equal(["FastCache.Notifications"], logger.Categories);
        Assert.Equal(2, logger.Entries.Count);
        Assert.All(logger.Entries, entry =>
        {
            Assert.Equal((1001, "RemovalListenerFailed", LogLevel.Error), (entry.Id.Id, entry.Id.Name, entry.Level));
            Assert.Same(failure, entry.Exception);
            Assert.Contains("Explicit", entry.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, entry.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("123456789", entry.Message, StringComparison.Ordinal);
        });
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task The_key_is_logged_only_where_that_is_allowed()
    {
        var logger = new ListedLogger();
        _record.OnRemoval = static (_, _, _) => throw new InvalidOperationException("on purpose");
        Cache<int, string> cache = _record.Watch(10, options => (options.LoggerFactory, options.LogKeys) = (logger, true));
        cache.Set(123_456_789, Secret);

        cache.TryRemove(123_456_789);
        await cache.DisposeAsync();

        string message = Assert.Single(logger.Entries).Message;
        Assert.Contains("123456789", message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_log_that_fails_stops_nothing()
    {
        var logger = new ListedLogger { OnLog = () => throw new InvalidOperationException("the log") };
        _record.OnRemoval = (key, _, _) => ArgumentOutOfRangeException.ThrowIfEqual(key, 1);
        Cache<int, string> cache = _record.Watch(10, options => options.LoggerFactory = logger);
        cache.SetMany([new(1, "a"), new(2, "b")]);

        cache.RemoveMany([1, 2]);
        await cache.DisposeAsync();

        Assert.Equal([(2, "b", RemovalCause.Explicit)], _record.Removals);
        Assert.Equal(1, cache.ListenerFailures);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_listener_that_waits_holds_up_nobody()
    {
        await Wait.LeaveRunner();
        using var door = new Door();
        _record.OnRemoval = (_, _, _) => door.Pass();
        Cache<int, string> cache = _record.Watch(10);
        cache.Set(1, "a");
        cache.TryRemove(1);
        door.AwaitSomebody();

        CacheProbe.AssertWorks(cache);
        cache.SetMany(Enumerable.Range(0, 100).Select(key => KeyValuePair.Create(key, $"{key}")));
        cache.Trim(1);
        cache.Clear();
        Assert.Equal(0, cache.Count);
        Assert.Equal(0, _record.Count);
        door.Open();

        await cache.DisposeAsync();
        Assert.Equal("a", _record.Removals[0].Value);
        Assert.Equal(1 + 4 + 100, _record.Count);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_listener_is_never_called_twice_at_a_time()
    {
        await Wait.LeaveRunner();
        int inside = 0;
        _record.OnRemoval = (_, _, _) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            Thread.Yield();
            Interlocked.Decrement(ref inside);
        };
        Cache<int, string> cache = _record.Watch(100, options => options.ShardCount = 4);

        Crew.Run(4, thread =>
        {
            for (int step = 0; step < 2000; step++)
            {
                cache.Set((step * 4) + thread, "x");
            }
        });
        await cache.DisposeAsync();

        Assert.Equal(0, cache.ListenerFailures);
        Assert.Equal(8000, _record.Count);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_listener_may_write_to_its_cache()
    {
        await Wait.LeaveRunner();
        Cache<int, string>? watched = null;
        _record.OnRemoval = (key, value, cause) =>
        {
            if (cause == RemovalCause.Explicit && key < 1000)
            {
                // Each event makes the next, and another one.
                watched!.Set(key + 1, value);
                watched.Set(-1, value);
                watched.TryRemove(key + 1);
                watched.Clear();
            }
        };
        Cache<int, string> cache = watched = _record.Watch(10);
        cache.Set(0, "a");
        cache.TryRemove(0);

        Wait.Until(() => _record.Count == 2001);
        await cache.DisposeAsync();

        Assert.Equal(Enumerable.Range(0, 1001), _record.Removals.Where(removal => removal.Cause == RemovalCause.Explicit).Select(removal => removal.Key));
        Assert.Equal(1000, _record.Removals.Count(removal => removal.Cause == RemovalCause.Cleared));
        Assert.Equal(0, cache.ListenerFailures);
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_listener_may_dispose_its_cache(bool isAsynchronous)
    {
        await Wait.LeaveRunner();
        Cache<int, string>? watched = null;
        _record.OnRemoval = (key, _, _) =>
        {
            if (key != 1)
            {
                return;
            }

            if (isAsynchronous)
            {
                // Waits for itself, if the cache lets it.
                watched!.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
            else
            {
                watched!.Dispose();
            }
        };
        Cache<int, string> cache = watched = _record.Watch(10);
        cache.SetMany([new(1, "a"), new(2, "b"), new(3, "c")]);

        cache.TryRemove(1);
        Wait.Until(() => _record.Count == 3);

        Assert.Equal((1, "a", RemovalCause.Explicit), _record.Removals[0]);
        Assert.Equal([(2, "b", RemovalCause.Cleared), (3, "c", RemovalCause.Cleared)], _record.Removals.Skip(1).Order());
        Assert.Throws<ObjectDisposedException>(() => cache.Set(1, "a"));
        Assert.Equal(0, cache.ListenerFailures);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Disposing_does_not_wait_for_a_listener_but_it_is_told_everything()
    {
        await Wait.LeaveRunner();
        using var door = new Door();
        _record.OnRemoval = (_, _, _) => door.Pass();
        Cache<int, string> cache = _record.Watch(10);
        cache.SetMany([new(1, "a"), new(2, "b")]);
        cache.TryRemove(1);
        door.AwaitSomebody();

        cache.Dispose();
        Task disposal = cache.DisposeAsync().AsTask();
        Assert.False(disposal.IsCompleted);
        door.Open();
        await disposal;

        Assert.Equal([(1, "a", RemovalCause.Explicit), (2, "b", RemovalCause.Cleared)], _record.Removals);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_listener_knows_nothing_of_the_caller_who_removed_first()
    {
        await Wait.LeaveRunner();
        var ambient = new AsyncLocal<string> { Value = "the caller's" };
        string? seen = "not called";
        _record.OnRemoval = (_, _, _) => seen = ambient.Value;
        Cache<int, string> cache = _record.Watch(10);

        cache.Set(1, "a");
        cache.TryRemove(1);
        await cache.DisposeAsync();

        Assert.Null(seen);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_forgotten_cache_and_what_has_left_it_can_be_collected_though_a_listener_was_told()
    {
        await Wait.LeaveRunner();
        List<WeakReference> references = MakeAndForget();

        Garbage.AwaitCollection(references);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> MakeAndForget()
    {
        int told = 0;
        var options = new CacheOptions<int, object>
        {
            Capacity = 10,
            RemovalListener = (_, _, _) => Interlocked.Increment(ref told),
        };

        // Not disposed, on purpose.
#pragma warning disable CA2000
        var cache = new Cache<int, object>(options);
#pragma warning restore CA2000
        object removed = new();
        object kept = new();
        cache.Set(1, removed);
        cache.Set(2, kept);
        cache.TryRemove(1);
        Wait.Until(() => Volatile.Read(ref told) == 1);
        return [new WeakReference(cache), new WeakReference(removed), new WeakReference(kept)];
    }
}
