using System.Runtime.CompilerServices;
using FastCache.Tests.Unit.TestTypes;
using Xunit;
using static FastCache.Tests.Unit.Tagging.TaggedCache;

namespace FastCache.Tests.Unit.Tagging;

/// <summary>What becomes of an entry that a tag has removed: who is told, what is counted, what is kept alive.</summary>
public sealed class TagRemovalTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly ManualTimeProvider _time = new();

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData("nobody asks")]
    [InlineData("read")]
    [InlineData("written")]
    [InlineData("added")]
    [InlineData("removed")]
    [InlineData("loaded")]
    [InlineData("trimmed")]
    public async Task A_listener_is_told_once_that_it_was_removed(string way)
    {
        await Wait.LeaveRunner();
        var record = new RemovalRecord<int, string>();
        Cache<int, string> cache = record.Watch(10, options => options.TimeProvider = _time);
        cache.Set(1, "old", Tagged("a") with { ExpireAfterWrite = Hour });

        cache.RemoveByTag("a");
        switch (way)
        {
            case "read":
                Assert.False(cache.TryGet(1, out _));
                break;
            case "written":
                Assert.True(cache.Set(1, "new"));
                break;
            case "added":
                Assert.True(cache.TryAdd(1, "new"));
                break;
            case "removed":
                Assert.False(cache.TryRemove(1));
                break;
            case "loaded":
                Assert.Equal("new", cache.GetOrAdd(1, static _ => "new"));
                break;
            case "trimmed":
                _time.Advance(2 * Hour);
                cache.TrimExpired();
                break;
        }

        Wait.Until(() => record.Count == 1);
        Assert.Equal((1, "old", RemovalCause.Explicit), record.Removals[0]);
        Assert.Equal(0, cache.Statistics.Expirations);
        cache.TryRemove(1);
        await cache.DisposeAsync();
        Assert.Single(record.Removals, static removal => removal.Value == "old");
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_listener_is_told_of_what_a_load_under_way_has_found()
    {
        await Wait.LeaveRunner();
        var record = new RemovalRecord<int, string>();
        Cache<int, string> cache = record.Watch(10, options =>
        {
            options.TimeProvider = _time;
            options.Loading = new LoadOptions { FailSafeMaxDuration = Hour };
        });
        cache.Set(1, "old", Tagged("a") with { ExpireAfterWrite = Hour });
        _time.Advance(1.1 * Hour);

        // Guarded by the load, and met by nobody but it.
        ShardAccess.StopActor(cache);
        Assert.Equal("new", cache.GetOrAdd(1, _ =>
        {
            cache.RemoveByTag("a");
            return "new";
        }));

        Wait.Until(() => record.Count == 1);
        Assert.Equal((1, "old", RemovalCause.Explicit), record.Removals[0]);
        Assert.True(cache.TryGet(1, out string? value) && value == "new");
        await cache.DisposeAsync();
        Assert.Equal([RemovalCause.Explicit, RemovalCause.Cleared], record.Removals.Select(static removal => removal.Cause));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_scoped_value_is_disposed_once()
    {
        await Wait.LeaveRunner();
        var resource = new Resource(1);
        var late = new Resource(2);
        Cache<int, Scoped<Resource>> cache = ScopedCache.Of(10, options => options.TimeProvider = _time);
        cache.Set(1, new Scoped<Resource>(resource), Tagged("a"));
        Assert.True(cache.TryGetLease(1, out Lease<Resource>? lease));

        cache.RemoveByTag("a");
        Assert.False(cache.TryGetLease(1, out _));
        Assert.Equal(0, resource.Disposals);
        lease.Dispose();
        Wait.Until(() => resource.IsDisposed);
        cache.GetOrAdd(
            1,
            _ =>
            {
                cache.RemoveByTag("a");
                return new Scoped<Resource>(late);
            },
            Tagged("a"));

        Wait.Until(() => late.IsDisposed);
        await cache.DisposeAsync();
        Assert.Equal((1, 1), (resource.Disposals, late.Disposals));
    }

    [Fact]
    public void A_sweep_that_is_asked_for_again_goes_on_and_then_once_more()
    {
        using Cache<int, string> cache = Of("plain", _time, capacity: 10_000);
        ShardAccess.StopActor(cache);
        for (int key = 0; key < 10_000; key++)
        {
            cache.Set(key, "value", key % 2 == 0 ? Tagged("even") : Tagged("odd"));
        }

        // What is invalidated behind the sweep is found by the next one.
        cache.RemoveByTag("even");
        Assert.False(ShardAccess.Maintain(cache));
        long afterOnePiece = cache.Count;
        cache.RemoveByTag("odd");
        int pieces = 1;
        while (!ShardAccess.Maintain(cache))
        {
            pieces++;
        }

        Assert.InRange(afterOnePiece, 8_000, 9_999);
        Assert.Equal(0, cache.Count);
        Assert.InRange(pieces, 8, 20);
        Assert.True(ShardAccess.Maintain(cache));
        cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Neither_the_value_nor_the_tags_of_what_has_gone_are_kept_alive()
    {
        await Wait.LeaveRunner();
        using Cache<int, object> cache = TestCache.Of<int, object>(100, initialCapacity: 100);
        List<WeakReference> gone = Fill(cache);
        Assert.Equal(6, gone.Count);

        cache.RemoveByTag("a");
        cache.TryRemove(1);
        cache.Set(2, "untagged");

        Wait.Until(() => cache.Count == 1);
        Garbage.AwaitCollection(gone);
        cache.AssertConsistent();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static List<WeakReference> Fill(Cache<int, object> cache)
        {
            object first = new();
            object second = new();
            object third = new();
            cache.Set(0, first, Tagged("a"));
            cache.Set(1, second, Tagged("b"));
            cache.Set(2, third, Tagged("c"));
            return
            [
                new WeakReference(first), new WeakReference(second), new WeakReference(third),
                .. TableAccess.TagsOf(cache).Select(static tags => new WeakReference(tags)),
            ];
        }
    }
}
