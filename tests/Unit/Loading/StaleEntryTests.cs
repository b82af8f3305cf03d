using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>
/// An expired entry that is kept for those who can use a stale value is absent for everybody else, and goes when it is of no use
/// to anybody any more.
/// </summary>
public sealed class StaleEntryTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Life = 10 * Second;
    private static readonly TimeSpan Grace = 100 * Second;
    private readonly ManualTimeProvider _time = new();
    private readonly Cache<int, string> _cache;

    public StaleEntryTests()
    {
        _cache = ExpiringCache.Of<int, string>(_time, options =>
        {
            options.ExpireAfterWrite = Life;
            options.Loading = new LoadOptions { FailSafeMaxDuration = Grace };
        });
        _cache.Set(1, "stale");
        _time.Advance(Life + Second);
    }

    public void Dispose() => _cache.Dispose();

    [Fact]
    public void Reads_treat_it_as_absent()
    {
        Assert.False(_cache.TryGet(1, out string? value));
        Assert.Null(value);
        Assert.False(_cache.TryPeek(1, out _));
        Assert.False(_cache.ContainsKey(1));
        Assert.False(_cache.Touch(1));
        Assert.Null(_cache.TimeToLive(1));
        Assert.Empty(_cache.GetMany([1]));
        Assert.Empty(_cache);
        Assert.Equal(1, _cache.Count);
        Assert.Equal("stale", Save());
    }

    [Fact]
    public void Set_replaces_it()
    {
        Assert.True(_cache.Set(1, "new"));

        AssertHolds("new");
    }

    [Fact]
    public void TryAdd_adds()
    {
        Assert.True(_cache.TryAdd(1, "new"));

        AssertHolds("new");
    }

    [Fact]
    public void AddOrUpdate_adds()
    {
        Assert.Equal("new", _cache.AddOrUpdate(1, "new", (_, _) => throw new InvalidDataException("There is nothing to update.")));

        AssertHolds("new");
    }

    [Theory]
    [InlineData("TryUpdate")]
    [InlineData("TryUpdate if equal")]
    [InlineData("TryRemove")]
    [InlineData("TryRemove of a pair")]
    [InlineData("TrySetExpiry")]
    public void What_needs_a_value_finds_none(string operation)
    {
        Assert.False(operation switch
        {
            "TryUpdate" => _cache.TryUpdate(1, "new"),
            "TryUpdate if equal" => _cache.TryUpdate(1, "new", "stale"),
            "TryRemove" => _cache.TryRemove(1, out _),
            "TryRemove of a pair" => _cache.TryRemove(KeyValuePair.Create(1, "stale")),
            _ => _cache.TrySetExpiry(1, ExpiringCache.For(Life)),
        });

        Assert.False(_cache.ContainsKey(1));
        _cache.AssertConsistent();
    }

    [Theory]
    [InlineData("TryUpdate")]
    [InlineData("TryUpdate if equal")]
    [InlineData("TryRemove")]
    [InlineData("TryRemove of a pair")]
    [InlineData("Set refused")]
    [InlineData("TryAdd refused")]
    [InlineData("Clear")]
    public void What_says_that_it_is_out_of_date_even_as_a_stale_value_leaves_none(string operation)
    {
        var past = new EntryOptions { ExpireAt = DateTimeOffset.UnixEpoch };
        switch (operation)
        {
            case "TryUpdate":
                _cache.TryUpdate(1, "new");
                break;
            case "TryUpdate if equal":
                _cache.TryUpdate(1, "new", "stale");
                break;
            case "TryRemove":
                _cache.TryRemove(1);
                break;
            case "TryRemove of a pair":
                _cache.TryRemove(KeyValuePair.Create(1, "stale"));
                break;
            case "Set refused":
                Assert.False(_cache.Set(1, "new", past));
                break;
            case "TryAdd refused":
                Assert.False(_cache.TryAdd(1, "new", past));
                break;
            default:
                _cache.Clear();
                break;
        }

        Assert.Throws<InvalidDataException>(() => Save());
        Assert.Equal(0, _cache.Count);
        _cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task It_is_reclaimed_after_its_grace_without_any_traffic()
    {
        await Wait.LeaveRunner();
        for (int key = 2; key < 50; key++)
        {
            _cache.Set(key, "other");
        }

        _time.Advance(Grace - (2 * Second));
        Assert.Equal(49, _cache.Count);
        _time.Advance(2 * Second);
        Wait.Until(() => _cache.Count == 48);
        _cache.AssertConsistent();

        _time.Advance(Life + (2 * Second));
        Wait.Until(() => _cache.Count == 0);
        Assert.Equal(49, _cache.Statistics.Expirations);
        _cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task It_is_reclaimed_though_a_load_over_it_runs_on()
    {
        await Wait.LeaveRunner();
        var source = new ScriptedSource<string>();
        Task<string> caller = _cache.GetOrAddAsync(1, (_, token) => source.Ask(token)).AsTask();

        _time.AdvanceAtOnce(2 * Grace);
        Wait.Until(() => _cache.Count == 0);
        _cache.AssertConsistent();

        source.Answer("new");
        Assert.Equal("new", await caller);
        AssertHolds("new");
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task It_survives_growth_of_the_table()
    {
        await Wait.LeaveRunner();
        using Cache<int, string> cache = ExpiringCache.Of<int, string>(
            _time,
            options =>
            {
                options.ExpireAfterWrite = Life;
                options.Loading = new LoadOptions { FailSafeMaxDuration = Grace };
            },
            capacity: 10_000);
        cache.Set(1, "stale");
        _time.Advance(Life + Second);
        for (int key = 2; key < 3000; key++)
        {
            cache.Set(key, "other");
        }

        Assert.Equal("stale", cache.GetOrAdd(1, _ => throw new InvalidDataException()));
        cache.AssertConsistent();
    }

    [Fact]
    public void What_never_expires_is_never_stale()
    {
        _cache.Set(2, "for ever", new EntryOptions { ExpireAfterWrite = Timeout.InfiniteTimeSpan });

        _time.AdvanceAtOnce(TimeSpan.FromDays(1000));

        Assert.True(_cache.ContainsKey(2));
        _cache.AssertConsistent();
    }

    /// <summary>What a load that fails returns.</summary>
    [Fact]
    public void It_is_still_of_use_after_another_entry_was_given_an_idle_limit()
    {
        Assert.True(_cache.Set(2, "idle", ExpiringCache.Idle(2 * Life)));

        Assert.Equal("stale", Save());
        Assert.Equal(Life, _cache.TimeToLive(2));
        _cache.AssertConsistent();
    }

    private string Save() => _cache.GetOrAdd(1, _ => throw new InvalidDataException("broken"));

    private void AssertHolds(string value)
    {
        Assert.True(_cache.TryGet(1, out string? held));
        Assert.Equal(value, held);
        Assert.Equal(1, _cache.Count);
        _cache.AssertConsistent();
    }
}
