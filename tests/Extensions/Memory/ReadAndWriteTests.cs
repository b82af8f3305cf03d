using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Memory;
using Xunit;

namespace FastCache.Tests.Extensions.Memory;

public sealed class ReadAndWriteTests : IAsyncDisposable
{
    private readonly TestMemoryCache _test = new();

    private IMemoryCache Cache => _test.Cache;

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public void An_absent_key_is_not_found_and_its_value_is_null()
    {
        object? value = "left over";

        Assert.False(Cache.TryGetValue("absent", out value));
        Assert.Null(value);
        Assert.Null(Cache.Get("absent"));
    }

    [Fact]
    public void What_was_set_is_found_and_replaced()
    {
        var first = new object();
        var second = new object();

        Assert.Same(first, Cache.Set("key", first));
        Assert.Same(first, Cache.Get("key"));
        Cache.Set("key", second);

        Assert.Same(second, Cache.Get("key"));
        Assert.Equal(1, _test.Cache.Count);
    }

    [Fact]
    public void A_value_of_null_is_found()
    {
        Cache.Set<string?>("key", null);

        Assert.True(Cache.TryGetValue("key", out object? value));
        Assert.Null(value);
        Assert.True(Cache.TryGetValue("key", out int number));
        Assert.Equal(0, number);
    }

    [Fact]
    public void A_value_of_another_type_than_asked_for_is_not_found()
    {
        Cache.Set("key", 42);

        Assert.False(Cache.TryGetValue("key", out string? text));
        Assert.Null(text);
    }

    [Fact]
    public void What_was_removed_is_absent_and_removing_again_does_nothing()
    {
        Cache.Set("key", 1);

        Cache.Remove("key");
        Cache.Remove("key");

        Assert.False(Cache.TryGetValue("key", out _));
    }

    [Fact]
    public void Strings_are_told_apart_by_case()
    {
        Cache.Set("key", 1);

        Assert.False(Cache.TryGetValue("Key", out _));
    }

    [Fact]
    public void Keys_are_compared_by_their_own_equality()
    {
        Cache.Set(new Point(1, 2), "struct");
        Cache.Set(new Everything(), "all equal");
        Cache.Set(123.45m, "decimal");
        Cache.Set("123.45", "string");
        Cache.Set(7, "int");
        Cache.Set(7L, "long");

        Assert.Equal("struct", Cache.Get(new Point(1, 2)));
        Assert.Equal("all equal", Cache.Get(new Everything()));
        Assert.Equal("decimal", Cache.Get(123.45m));
        Assert.Equal("string", Cache.Get("123.45"));
        Assert.Equal("int", Cache.Get(7));
        Assert.Equal("long", Cache.Get(7L));
    }

    [Fact]
    public void A_string_is_found_by_equal_characters_wherever_they_are()
    {
        Cache.Set("/home", 1);
        Cache.Set("", 2);

        Assert.True(Cache.TryGetValue(new string("/home"), out _));
        Assert.True(_test.Cache.TryGetValue("GET /home".AsSpan(4), out object? value));
        Assert.Equal(1, value);
        Assert.True(_test.Cache.TryGetValue(ReadOnlySpan<char>.Empty, out value));
        Assert.Equal(2, value);
        Assert.False(_test.Cache.TryGetValue("/hom".AsSpan(), out value));
        Assert.Null(value);
    }

    [Fact]
    public void A_key_that_is_no_string_is_not_found_by_characters()
    {
        Cache.Set(new Everything(), 1);

        Assert.False(_test.Cache.TryGetValue("key".AsSpan(), out _));
    }

    [Fact]
    public void Null_is_no_key()
    {
        Assert.Throws<ArgumentNullException>("key", () => Cache.TryGetValue(null!, out _));
        Assert.Throws<ArgumentNullException>("key", () => Cache.Remove(null!));
        Assert.Throws<ArgumentNullException>("key", () => Cache.CreateEntry(null!));
        Assert.Throws<ArgumentNullException>("key", () => Cache.GetOrCreate<object>(null!, static _ => 1));
    }

    [Fact]
    public void An_entry_is_in_the_cache_when_it_is_disposed_and_not_before()
    {
        ICacheEntry entry = Cache.CreateEntry("key");
        entry.Value = 1;
        Assert.False(Cache.TryGetValue("key", out _));

        entry.Dispose();

        Assert.Equal(1, Cache.Get("key"));
        Assert.Equal("key", entry.Key);
    }

    [Fact]
    public void An_entry_whose_value_was_never_set_is_not_committed()
    {
        Cache.Set("key", "before");

        Cache.CreateEntry("key").Dispose();
        Cache.CreateEntry("other").Dispose();

        Assert.Equal("before", Cache.Get("key"));
        Assert.False(Cache.TryGetValue("other", out _));
    }

    [Fact]
    public void An_entry_is_committed_once()
    {
        ICacheEntry entry = Cache.CreateEntry("key");
        entry.Value = 1;
        entry.Dispose();
        Cache.Remove("key");

        entry.Dispose();

        Assert.False(Cache.TryGetValue("key", out _));
    }

    [Fact]
    public void The_factory_runs_if_the_key_is_absent_and_only_then()
    {
        Assert.Equal(1, Cache.GetOrCreate("key", static _ => 1));
        Assert.Equal(1, Cache.GetOrCreate("key", static _ => 2));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task The_asynchronous_factory_runs_if_the_key_is_absent_and_only_then()
    {
        Assert.Equal(1, await Cache.GetOrCreateAsync("key", static _ => Task.FromResult(1)));
        Assert.Equal(1, await Cache.GetOrCreateAsync("key", static _ => Task.FromResult(2)));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_factory_that_throws_leaves_nothing_behind()
    {
        Assert.Throws<InvalidOperationException>(() => Cache.GetOrCreate<int>("key", static _ => throw new InvalidOperationException()));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Cache.GetOrCreateAsync<int>("key", static _ => throw new InvalidOperationException()));

        Assert.False(Cache.TryGetValue("key", out _));
        Assert.Equal(0, _test.Cache.Count);
    }

    [Fact]
    public void Factories_of_one_key_may_run_at_the_same_time_and_one_result_stays()
    {
        int calls = 0;
        using var both = new Barrier(2);

        Crew.Run(2, number => Cache.GetOrCreate("key", _ =>
        {
            both.SignalAndWait(TestContext.Current.CancellationToken);
            Interlocked.Increment(ref calls);
            return number;
        }));

        Assert.Equal(2, calls);
        Assert.InRange((int)Cache.Get("key")!, 0, 1);
        Assert.Equal(1, _test.Cache.Count);
    }

    [Fact]
    public void Threads_that_replace_a_value_leave_no_moment_without_one()
    {
        Cache.Set("key", 0);
        using var stop = new CancellationTokenSource();
        int misses = 0;

        Crew.Run(3, number =>
        {
            if (number == 0)
            {
                for (int i = 0; i < 50_000; i++)
                {
                    misses += Cache.Get("key") is null ? 1 : 0;
                }

                stop.Cancel();
                return;
            }

            while (!stop.IsCancellationRequested)
            {
                Cache.Set("key", number);
            }
        });

        Assert.Equal(0, misses);
    }

    [Fact]
    public void Linked_entries_do_not_pass_on_what_they_have()
    {
        var token = new ManualToken();

        using (ICacheEntry outer = Cache.CreateEntry("outer"))
        {
            outer.Value = 1;
            Cache.Set("inner", 2, new MemoryCacheEntryOptions().AddExpirationToken(token).SetAbsoluteExpiration(TimeSpan.FromSeconds(5)));
            Assert.Empty(outer.ExpirationTokens);
            Assert.Null(outer.AbsoluteExpiration);
        }

        token.Change();

        Assert.True(Cache.TryGetValue("outer", out _));
        Assert.False(Cache.TryGetValue("inner", out _));
    }

    [Fact]
    public void A_hit_allocates_nothing()
    {
        Cache.Set("key", "value", new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromHours(1) }.AddExpirationToken(new ManualToken()));

        Assert.Equal(0, Allocations.Of(_ => Cache.TryGetValue("key", out object? _)));
        Assert.Equal(0, Allocations.Of(_ => _test.Cache.TryGetValue("a key".AsSpan(2), out object? _)));
    }

    private readonly record struct Point(int X, int Y);

    private sealed class Everything
    {
        public override bool Equals(object? obj) => true;

        public override int GetHashCode() => 0;
    }
}
