using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Primitives;
using Xunit;

namespace FastCache.Tests.Extensions.Memory;

public sealed class TokenTests : IAsyncDisposable
{
    private readonly TestMemoryCache _test = new();

    private IMemoryCache Cache => _test.Cache;

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public void An_active_token_is_waited_for_and_a_lazy_one_is_not()
    {
        var active = new ManualToken();
        var lazy = new ManualToken(isActive: false);

        Cache.Set("key", 1, new MemoryCacheEntryOptions { ExpirationTokens = { active, lazy } });

        Assert.Equal(1, active.Waiting);
        Assert.Equal(0, lazy.Registered);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task An_active_token_that_changes_removes_the_entry_at_once()
    {
        var token = new ManualToken();
        Cache.Set("key", 1, _test.Heard.AddExpirationToken(token));

        token.Change();

        Assert.Equal(0, _test.Cache.Count);
        Assert.False(Cache.TryGetValue("key", out _));
        Assert.Equal(0, token.Waiting);
        Assert.Equal([new Evicted("key", 1, EvictionReason.TokenExpired)], await _test.EndAsync());
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_cancelled_source_removes_the_entry()
    {
        using var source = new CancellationTokenSource();
        Cache.Set("key", 1, _test.Heard.AddExpirationToken(new CancellationChangeToken(source.Token)));
        Assert.True(Cache.TryGetValue("key", out _));

        await source.CancelAsync();

        Assert.False(Cache.TryGetValue("key", out _));
        Assert.Equal([new Evicted("key", 1, EvictionReason.TokenExpired)], await _test.EndAsync());
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_that_says_nothing_is_asked_at_the_next_read(bool isActive)
    {
        var token = new ManualToken(isActive);
        Cache.Set("key", 1, _test.Heard.AddExpirationToken(token));
        Assert.True(Cache.TryGetValue("key", out _));

        token.HasChanged = true;

        Assert.False(Cache.TryGetValue("key", out object? value));
        Assert.Null(value);
        Assert.Equal(0, _test.Cache.Count);
        Assert.Equal(0, token.Waiting);
        Assert.Equal([new Evicted("key", 1, EvictionReason.TokenExpired)], await _test.EndAsync());
    }

    [Fact]
    public void A_token_is_asked_when_the_entry_is_read_by_its_characters()
    {
        var token = new ManualToken(isActive: false);
        Cache.Set("key", 1, token);

        token.HasChanged = true;

        Assert.False(_test.Cache.TryGetValue("key".AsSpan(), out _));
    }

    [Fact]
    public void Any_of_several_tokens_is_enough()
    {
        var second = new ManualToken();
        Cache.Set("key", 1, new MemoryCacheEntryOptions { ExpirationTokens = { new ManualToken(), second, new ManualToken(isActive: false) } });

        second.Change();

        Assert.False(Cache.TryGetValue("key", out _));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_token_that_has_changed_before_keeps_nothing_and_what_was_there_is_gone()
    {
        var token = new ManualToken { HasChanged = true };
        Cache.Set("key", "old", _test.Heard);

        Assert.Equal("new", Cache.Set("key", "new", _test.Heard.AddExpirationToken(token)));

        Assert.False(Cache.TryGetValue("key", out _));
        Assert.Equal(0, token.Registered);
        Evicted[] evictions = [await _test.Evictions.NextAsync(), await _test.Evictions.NextAsync()];
        Assert.Contains(new Evicted("key", "old", EvictionReason.Replaced), evictions);
        Assert.Contains(new Evicted("key", "new", EvictionReason.TokenExpired), evictions);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_token_that_changes_while_it_is_registered_removes_the_entry()
    {
        var token = new ManualToken { ChangesWhenRegistered = true };

        Cache.Set("key", 1, _test.Heard.AddExpirationToken(token));

        Assert.Equal(0, _test.Cache.Count);
        Assert.Equal(0, token.Waiting);
        Assert.Equal([new Evicted("key", 1, EvictionReason.TokenExpired)], await _test.EndAsync());
    }

    [Fact]
    public void Removing_an_entry_gives_up_its_tokens()
    {
        var token = new ManualToken();
        Cache.Set("key", 1, token);

        Cache.Remove("key");

        Assert.Equal(0, token.Waiting);
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData("replaced")]
    [InlineData("cleared")]
    [InlineData("expired")]
    [InlineData("compacted")]
    [InlineData("disposed")]
    public async Task However_an_entry_leaves_its_tokens_are_given_up(string way)
    {
        var token = new ManualToken();
        Cache.Set("key", 1, new MemoryCacheEntryOptions().AddExpirationToken(token).SetAbsoluteExpiration(TimeSpan.FromMinutes(1)));

        switch (way)
        {
            case "replaced":
                Cache.Set("key", 2);
                break;
            case "cleared":
                _test.Cache.Clear();
                break;
            case "expired":
                _test.Pass(TimeSpan.FromMinutes(2));
                Assert.False(Cache.TryGetValue("key", out _));
                break;
            case "compacted":
                _test.Cache.Compact(1);
                break;
        }

        await _test.EndAsync();

        Assert.Equal(0, token.Waiting);
    }

    [Fact]
    public void The_token_of_an_entry_that_was_replaced_does_not_remove_its_successor()
    {
        var token = new ManualToken();
        Cache.Set("key", 1, token);
        Cache.Set("key", 2);

        token.Change();

        Assert.Equal(2, Cache.Get("key"));
    }

    [Fact]
    public void Tokens_count_that_an_entry_had_when_it_was_committed()
    {
        var late = new ManualToken(isActive: false);
        var early = new ManualToken(isActive: false);
        ICacheEntry entry = Cache.CreateEntry("key").SetValue(1).AddExpirationToken(early);
        entry.Dispose();
        entry.ExpirationTokens.Clear();
        entry.ExpirationTokens.Add(late);

        late.HasChanged = true;
        Assert.True(Cache.TryGetValue("key", out _));
        early.HasChanged = true;

        Assert.False(Cache.TryGetValue("key", out _));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_source_that_is_cancelled_while_entries_come_and_go_ends_each_once()
    {
        await Wait.LeaveRunner();
        for (int round = 0; round < 200; round++)
        {
            using var source = new CancellationTokenSource();
            int key = round;
            Crew.RunPair(
                () =>
                {
                    for (int i = 0; i < 20; i++)
                    {
                        Cache.Set(key, i, _test.Heard.AddExpirationToken(new CancellationChangeToken(source.Token)));
                    }
                },
                source.Cancel);
            Assert.False(Cache.TryGetValue(key, out _));
        }

        Assert.Equal(0, _test.Cache.Count);
        HashSet<Evicted> heard = [];
        for (int i = 0; i < 200 * 20; i++)
        {
            Assert.True(heard.Add(await _test.Evictions.NextAsync()));
        }

        Assert.Empty(await _test.EndAsync());
    }
}
