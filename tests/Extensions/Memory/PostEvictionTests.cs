using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FastCache.Tests.Extensions.Memory;

public sealed class PostEvictionTests : IAsyncDisposable
{
    private readonly TestMemoryCache _test = new(static options => options.Capacity = 10);

    private IMemoryCache Cache => _test.Cache;

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(EvictionReason.Removed)]
    [InlineData(EvictionReason.Replaced)]
    [InlineData(EvictionReason.Expired)]
    [InlineData(EvictionReason.TokenExpired)]
    [InlineData(EvictionReason.Capacity)]
    public async Task A_callback_is_told_key_value_reason_and_state(EvictionReason reason)
    {
        var token = new ManualToken();
        var state = new object();
        var told = new TaskCompletionSource<(object Key, object? Value, EvictionReason Reason, object? State)>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        Cache.Set("key", "value", new MemoryCacheEntryOptions()
            .AddExpirationToken(token)
            .SetAbsoluteExpiration(TimeSpan.FromMinutes(1))
            .RegisterPostEvictionCallback((key, value, why, with) => told.SetResult((key, value, why, with)), state));

        switch (reason)
        {
            case EvictionReason.Removed:
                Cache.Remove("key");
                break;
            case EvictionReason.Replaced:
                Cache.Set("key", "other");
                break;
            case EvictionReason.Expired:
                _test.Pass(TimeSpan.FromMinutes(2));
                break;
            case EvictionReason.TokenExpired:
                token.Change();
                break;
            case EvictionReason.Capacity:
                _test.Cache.Compact(1);
                break;
        }

        Assert.Equal(("key", "value", reason, state), await told.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task An_entry_that_is_in_the_cache_is_told_nothing()
    {
        Cache.Set("key", 1, _test.Heard);
        Cache.TryGetValue("key", out _);
        Cache.Remove("other");
        Cache.CreateEntry("key").SetOptions(_test.Heard).Dispose();

        Assert.Empty(await _test.EndAsync());
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_a_full_cache_gives_up_is_told_as_capacity()
    {
        for (int i = 0; i < 25; i++)
        {
            Cache.Set(i, i, _test.Heard);
        }

        Assert.Equal(10, _test.Cache.Count);
        HashSet<object> kept = [.. _test.Cache.Keys];
        Evicted[] evictions = [.. await NextAsync(15)];
        Assert.All(evictions, static eviction => Assert.Equal(EvictionReason.Capacity, eviction.Reason));
        Assert.Equal(Enumerable.Range(0, 25).Cast<object>().ToHashSet(), [.. evictions.Select(static eviction => eviction.Key), .. kept]);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Clearing_is_told_as_removal_even_if_the_cache_is_disposed_at_once()
    {
        Cache.Set(1, 1, _test.Heard);
        Cache.Set(2, 2, _test.Heard);

        _test.Cache.Clear();
        Evicted[] evictions = await _test.EndAsync();

        Assert.Equal(2, evictions.Length);
        Assert.All(evictions, static eviction => Assert.Equal(EvictionReason.Removed, eviction.Reason));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task The_end_of_the_cache_is_told_to_nobody()
    {
        Cache.Set("key", 1, _test.Heard);

        Assert.Empty(await _test.EndAsync());
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Callbacks_of_an_entry_are_called_in_order_and_one_that_throws_does_not_keep_back_the_next()
    {
        Cache.Set("the key", 1, new MemoryCacheEntryOptions()
            .RegisterPostEvictionCallback((_, _, reason, _) => _test.Evictions.Hear("first", null, reason, null))
            .RegisterPostEvictionCallback(static (_, _, _, _) => throw new InvalidOperationException("of the application"))
            .RegisterPostEvictionCallback((_, _, reason, _) => _test.Evictions.Hear("last", null, reason, null)));

        Cache.Remove("the key");
        Evicted[] evictions = await _test.EndAsync();

        Assert.Equal(["first", "last"], evictions.Select(static eviction => eviction.Key));
        (EventId id, LogLevel level, string message, Exception? exception) = Assert.Single(_test.Logger.Entries);
        Assert.Equal(2001, id.Id);
        Assert.Equal("PostEvictionCallbackFailed", id.Name);
        Assert.Equal(LogLevel.Error, level);
        Assert.Equal("of the application", exception?.Message);
        Assert.DoesNotContain("the key", message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task The_key_of_a_callback_that_throws_is_logged_only_where_that_is_allowed()
    {
        await using var test = new TestMemoryCache(static options => options.LogKeys = true);
        test.Cache.Set("the key", 1, new MemoryCacheEntryOptions()
            .RegisterPostEvictionCallback(static (_, _, _, _) => throw new InvalidOperationException("of the application")));

        test.Cache.Remove("the key");
        await test.EndAsync();

        Assert.Contains("the key", Assert.Single(test.Logger.Entries).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_log_that_fails_does_not_keep_back_the_next_callback()
    {
        _test.Logger.OnLog = static () => throw new InvalidOperationException("the log");
        Cache.Set("key", 1, new MemoryCacheEntryOptions()
            .RegisterPostEvictionCallback(static (_, _, _, _) => throw new InvalidOperationException("of the application"))
            .RegisterPostEvictionCallback((key, _, reason, _) => _test.Evictions.Hear(key, null, reason, null)));

        Cache.Remove("key");

        Assert.Equal(["key"], (await _test.EndAsync()).Select(static eviction => eviction.Key));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_happens_to_a_key_is_told_in_its_order()
    {
        for (int i = 0; i < 100; i++)
        {
            Cache.Set("key", i, _test.Heard);
        }

        Cache.Remove("key");
        Evicted[] evictions = await _test.EndAsync();

        Assert.Equal(Enumerable.Range(0, 100), evictions.Select(static eviction => (int)eviction.Value!));
        Assert.Equal(EvictionReason.Removed, evictions[^1].Reason);
        Assert.All(evictions[..^1], static eviction => Assert.Equal(EvictionReason.Replaced, eviction.Reason));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_callback_may_put_the_entry_back()
    {
        var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Cache.Set("key", 1, new MemoryCacheEntryOptions().RegisterPostEvictionCallback((key, _, _, _) =>
        {
            Cache.Set(key, 2);
            back.SetResult();
        }));

        Cache.Remove("key");
        await back.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, Cache.Get("key"));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Nobody_waits_for_a_callback()
    {
        using var door = new Door();
        Cache.Set("key", 1, new MemoryCacheEntryOptions().RegisterPostEvictionCallback((_, _, _, _) => door.Pass()));

        Cache.Remove("key");
        door.AwaitSomebody();
        Cache.Set("key", 2, _test.Heard);
        Cache.Remove("key");
        Assert.Equal(0, _test.Cache.Count);
        door.Open();

        Assert.Single(await _test.EndAsync());
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task However_many_entries_without_callbacks_go_nobody_waits_for_one_that_blocks()
    {
        const int MoreThanMayWait = 100_000;
        await Wait.LeaveRunner();
        using var door = new Door();
        Cache.Set("key", 1, new MemoryCacheEntryOptions().RegisterPostEvictionCallback((_, _, _, _) => door.Pass()));
        Cache.Remove("key");
        door.AwaitSomebody();

        for (int i = 0; i < MoreThanMayWait; i++)
        {
            Cache.Set(i, i);
        }

        Assert.Equal(10, _test.Cache.Count);
        door.Open();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_callback_that_was_added_after_the_commit_is_called()
    {
        ICacheEntry entry = Cache.CreateEntry("key").SetValue(1);
        entry.Dispose();
        entry.RegisterPostEvictionCallback(_test.Evictions.Hear);

        Cache.Remove("key");

        Assert.Equal([new Evicted("key", 1, EvictionReason.Removed)], await _test.EndAsync());
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Threads_that_write_and_remove_the_same_keys_end_each_entry_once()
    {
        const int Writes = 2_000;
        await Wait.LeaveRunner();

        Crew.Run(3, number =>
        {
            for (int i = 0; i < Writes; i++)
            {
                Cache.Set(i % 3, (number, i), _test.Heard);
                if (i % 5 == number)
                {
                    Cache.Remove(i % 3);
                }
            }
        });
        for (int key = 0; key < 3; key++)
        {
            Cache.Remove(key);
        }

        HashSet<object?> ended = [.. (await NextAsync(3 * Writes)).Select(static eviction => eviction.Value)];
        Assert.Equal(3 * Writes, ended.Count);
        Assert.Empty(await _test.EndAsync());
    }

    private async Task<List<Evicted>> NextAsync(int count)
    {
        List<Evicted> evictions = [];
        while (evictions.Count < count)
        {
            evictions.Add(await _test.Evictions.NextAsync());
        }

        return evictions;
    }
}
