using FastCache.Tests.Unit.TestTypes;
using Xunit;
using static FastCache.Tests.Unit.Tagging.TaggedCache;

namespace FastCache.Tests.Unit.Tagging;

/// <summary>A load that was under way when its result's tag was removed brings nothing back, wherever it stood.</summary>
public sealed class TagLoadTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Life = 10 * Second;

    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedSource<string> _source = new();
    private LoadOptions _options = new() { Entry = Tagged("a") };
    private Cache<int, string>? _cache;

    public void Dispose() => _cache?.Dispose();

    private Cache<int, string> Cache => _cache ??= ExpiringCache.Of<int, string>(_time);

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Its_callers_get_the_value_and_the_cache_does_not_keep_it()
    {
        await Wait.LeaveRunner();
        Task<string> first = AskAsync();
        Task<string> second = AskAsync();

        Cache.RemoveByTag("a");
        End("old");

        Assert.Equal(("old", "old"), (await first, await second));
        Assert.False(Cache.ContainsKey(1));
        Cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Who_asks_afterwards_gets_what_is_loaded_afterwards()
    {
        await Wait.LeaveRunner();
        Task<string> early = AskAsync();
        Cache.RemoveByTag("a");
        Task<string> late = AskAsync();
        Task<Dictionary<int, string>> lateWithOthers = Cache.GetOrAddManyAsync(
            [1], async (_, token) => [KeyValuePair.Create(1, await _source.Ask(token))], _options).AsTask();
        Task<string> lateAndBlocked = Task.Run(() => Cache.GetOrAdd(1, _ => _source.Ask().GetAwaiter().GetResult(), Tagged("a")));
        Wait.Until(() => Cache.LoadWaiters == 4);
        Assert.Equal(1, _source.Calls);

        _source.Answer("old");
        _source.AwaitCalls(2);
        _source.Answer("new", call: 1);

        Assert.Equal("old", await early);
        Assert.Equal("new", await late);
        Assert.Equal("new", (await lateWithOthers)[1]);
        Assert.Equal("new", await lateAndBlocked);
        Assert.Equal(2, _source.Calls);
        Assert.True(Cache.TryGet(1, out string? value) && value == "new");
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Who_asks_after_another_tag_was_removed_shares_the_load()
    {
        await Wait.LeaveRunner();
        Task<string> early = AskAsync();
        Cache.RemoveByTag("b");
        Task<string> late = AskAsync();

        End("value");

        Assert.Equal(("value", "value"), (await early, await late));
        Assert.Equal(1, _source.Calls);
        Assert.True(Cache.ContainsKey(1));
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_factory_decides_the_tags_and_may_do_so_after_one_was_removed(bool isRemoved)
    {
        await Wait.LeaveRunner();
        _options = LoadOptions.Default;
        Task<string> caller = Cache.GetOrAddAsync(
            1,
            async context =>
            {
                string value = await _source.Ask(context.CancellationToken);
                context.Entry = Tagged("decided", value);
                return value;
            }).AsTask();
        _source.AwaitCalls(1);

        Cache.RemoveByTag(isRemoved ? "decided" : "a");
        End("value");

        Assert.Equal("value", await caller);
        Assert.Equal(!isRemoved, Cache.ContainsKey(1));
        Cache.RemoveByTag("value");
        Assert.False(Cache.ContainsKey(1));
    }

    [Fact]
    public void A_tag_that_the_factory_itself_removes_is_removed()
    {
        string value = Cache.GetOrAdd(
            1,
            _ =>
            {
                Cache.RemoveByTag("a");
                return "value";
            },
            Tagged("a"));

        Assert.Equal("value", value);
        Assert.False(Cache.ContainsKey(1));
    }

    [Fact]
    public void A_tag_that_was_removed_before_the_load_does_not_concern_it()
    {
        Cache.RemoveByTag("a");

        Cache.GetOrAdd(1, static _ => "one", Tagged("a"));
        Cache.GetOrAdd(2, static (_, state) => state, "two", Tagged("a", "b"));

        Assert.True(Cache.ContainsKey(1) && Cache.ContainsKey(2));
        Cache.RemoveByTag("b");
        Assert.True(Cache.ContainsKey(1));
        Assert.False(Cache.ContainsKey(2));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_load_of_several_keys_keeps_none_with_the_tag()
    {
        await Wait.LeaveRunner();
        Task<Dictionary<int, string>> caller = Cache.GetOrAddManyAsync(
            [1, 2], async (_, token) => [KeyValuePair.Create(1, await _source.Ask(token)), KeyValuePair.Create(2, "two")], _options).AsTask();
        _source.AwaitCalls(1);

        Cache.RemoveByTag("a");
        End("one");

        Assert.Equal(2, (await caller).Count);
        Assert.Empty(Cache);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_is_refreshed_is_gone_at_once_and_the_refresh_does_not_bring_it_back()
    {
        await Wait.LeaveRunner();
        BeginRefresh(Tagged("a"));

        Cache.RemoveByTag("a");

        Assert.False(Cache.TryGet(1, out _));
        End("refreshed");
        Assert.False(Cache.ContainsKey(1));
        Cache.AssertConsistent();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_refresh_brings_counts_by_its_own_tags(bool isReadMeanwhile)
    {
        await Wait.LeaveRunner();
        BeginRefresh(Tagged("b"));

        Cache.RemoveByTag("a");
        if (isReadMeanwhile)
        {
            Assert.False(Cache.TryGet(1, out _));
        }

        End("refreshed");

        Assert.True(Cache.TryGet(1, out string? value) && value == "refreshed");
        Cache.RemoveByTag("b");
        Assert.False(Cache.ContainsKey(1));
        Cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_refresh_whose_tag_was_removed_leaves_what_there_was()
    {
        await Wait.LeaveRunner();
        BeginRefresh(Tagged("b"));

        Cache.RemoveByTag("b");
        End("refreshed");

        Assert.True(Cache.TryGet(1, out string? value) && value == "old");
        Cache.AssertConsistent();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_value_whose_tag_was_removed_never_stands_in(bool isRemovedBefore)
    {
        await Wait.LeaveRunner();
        MakeStale(new LoadOptions { FailSafeMaxDuration = 100 * Life, StaleWhileRevalidate = Second });
        Remove(isRemovedBefore);
        Task<string> caller = AskAsync();
        Remove(!isRemovedBefore);

        _source.Fail(new InvalidDataException());

        await Assert.ThrowsAsync<InvalidDataException>(() => caller);
        Cache.AssertConsistent();

        void Remove(bool isDone)
        {
            if (isDone)
            {
                Cache.RemoveByTag("a");
            }
        }
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Nor_for_a_load_that_takes_too_long()
    {
        await Wait.LeaveRunner();
        MakeStale(new LoadOptions { FailSafeMaxDuration = 100 * Life, SoftTimeout = Second });
        Task<string> patient = AskAsync();
        Cache.RemoveByTag("a");
        Task<string> late = AskAsync();

        _time.Advance(2 * Second);
        Assert.False(patient.IsCompleted || late.IsCompleted);
        End("new");

        Assert.Equal(("new", "new"), (await patient, await late));
    }

    [Fact]
    public void Nor_is_it_served_while_it_is_refreshed()
    {
        MakeStale(new LoadOptions { StaleWhileRevalidate = 100 * Life });
        Cache.RemoveByTag("a");

        Assert.Equal("new", Cache.GetOrAdd(1, static _ => "new"));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task The_answer_not_modified_does_not_bring_back_what_a_tag_has_removed()
    {
        await Wait.LeaveRunner();
        MakeStale(new LoadOptions { FailSafeMaxDuration = 100 * Life });
        Task<string> caller = Cache.GetOrAddAsync(
            1,
            async context =>
            {
                await _source.Ask(context.CancellationToken);
                return context.PreviousValue!;
            },
            _options with { Entry = Tagged("a") }).AsTask();
        _source.AwaitCalls(1);

        Cache.RemoveByTag("a");
        End("not modified");

        Assert.Equal("old", await caller);
        Assert.False(Cache.ContainsKey(1));
        Cache.AssertConsistent();
    }

    [Fact]
    public async Task A_negative_result_has_the_tags_too()
    {
        using var cache = new Cache<int, string?>(10);
        var options = new LoadOptions { Entry = Tagged("a"), NegativeExpireAfterWrite = Life };
        Assert.Null(await cache.GetOrAddAsync(1, static _ => new ValueTask<string?>((string?)null), options));
        Assert.True(cache.ContainsKey(1));
        Assert.InRange(cache.TimeToLive(1)!.Value, TimeSpan.Zero, Life);

        cache.RemoveByTag("a");

        Assert.False(cache.ContainsKey(1));
    }

    private void MakeStale(LoadOptions loading)
    {
        _options = loading;
        _cache = ExpiringCache.Of<int, string>(_time, options => options.Loading = loading);
        Cache.Set(1, "old", Tagged("a") with { ExpireAfterWrite = Life });
        _time.Advance(Life + Second);
        Assert.False(Cache.ContainsKey(1));
    }

    private void BeginRefresh(EntryOptions refreshed)
    {
        _options = new LoadOptions { EagerRefreshThreshold = 0.5, Entry = refreshed };
        _cache = ExpiringCache.Of<int, string>(_time, options => options.Loading = _options);
        Cache.Set(1, "old", Tagged("a") with { ExpireAfterWrite = Life });
        _time.Advance(0.6 * Life);
        Assert.Equal("old", AskAsync(hasValue: true).Result);
    }

    private Task<string> AskAsync(bool hasValue = false)
    {
        Task<string> caller = Cache.GetOrAddAsync(
            1, (context, source) => new ValueTask<string>(source.Ask(context.CancellationToken)), _source, _options).AsTask();
        if (hasValue || Cache.LoadsInProgress > 0)
        {
            _source.AwaitCalls(1);
        }

        return caller;
    }

    private void End(string value)
    {
        _source.Answer(value);
        Wait.Until(() => Cache.LoadsInProgress == 0);
    }
}
