using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Expiry;

/// <summary>Entries whose time to live is computed.</summary>
public sealed class ExpiryComputedTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedReadExpiry<int, string> _expiry = new();

    [Fact]
    public void A_new_entry_lives_as_long_as_is_computed_from_its_key_and_value()
    {
        using Cache<int, string> cache = Make(new ScriptedExpiry<int, string> { OnCreate = (key, value) => (key + value.Length) * Second });

        cache.Set(1, "a");
        cache.TryAdd(2, "bb");
        cache.GetOrAdd(3, _ => "ccc");
        cache.AddOrUpdate(4, "dddd", (_, _) => "updated");

        for (int key = 1; key <= 4; key++)
        {
            Assert.Equal(2 * key * Second, cache.TimeToLive(key));
        }

        _time.Advance(4 * Second);
        Assert.Equal([3, 4], cache.Select(entry => entry.Key).Order());
    }

    [Fact]
    public void An_update_is_told_the_time_to_live_and_decides()
    {
        var seen = new List<(int, string, TimeSpan)>();
        using Cache<int, string> cache = Make(new ScriptedExpiry<int, string>
        {
            OnCreate = (_, _) => 10 * Second,
            OnUpdate = (key, value, timeToLive) =>
            {
                seen.Add((key, value, timeToLive));
                return value == "same" ? timeToLive : 20 * Second;
            },
        });
        cache.Set(1, "one");
        _time.Advance(4 * Second);

        cache.Set(1, "same");
        Assert.Equal(6 * Second, cache.TimeToLive(1));
        cache.TryUpdate(1, "other");
        Assert.Equal(20 * Second, cache.TimeToLive(1));
        Assert.True(cache.TrySetExpiry(1, default));
        cache.AddOrUpdate(1, "absent", (_, _) => "same");
        Assert.True(cache.TryUpdate(1, "last", "same"));

        Assert.Equal([(1, "same", 6 * Second), (1, "other", 6 * Second), (1, "other", 20 * Second), (1, "same", 20 * Second), (1, "last", 20 * Second)], seen);
        cache.AssertConsistent();
    }

    [Fact]
    public void An_update_of_an_entry_that_does_not_expire_is_told_so_and_can_leave_it_at_that()
    {
        TimeSpan told = default;
        using Cache<int, string> cache = Make(new ScriptedExpiry<int, string>
        {
            OnCreate = (_, _) => Timeout.InfiniteTimeSpan,
            OnUpdate = (_, _, timeToLive) => told = timeToLive,
        });
        cache.Set(1, "one");

        cache.Set(1, "uno");

        Assert.Equal(Timeout.InfiniteTimeSpan, told);
        Assert.Equal(Timeout.InfiniteTimeSpan, cache.TimeToLive(1));
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public void Unless_overridden_an_update_lives_as_long_as_a_new_entry()
    {
        using Cache<int, string> cache = Make(new OnlyOnCreate());
        cache.Set(1, "a");
        _time.Advance(0.5 * Second);

        cache.Set(1, "bbb");

        Assert.Equal(3 * Second, cache.TimeToLive(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-TimeSpan.TicksPerDay)]
    [InlineData(long.MinValue)]
    public void What_is_to_expire_at_once_is_not_kept(long ticks)
    {
        var duration = TimeSpan.FromTicks(ticks);
        using Cache<int, string> cache = Make(new ScriptedExpiry<int, string>
        {
            OnCreate = (_, value) => value == "no" ? duration : Second,
            OnUpdate = (_, value, timeToLive) => value == "no" ? duration : timeToLive,
        });
        cache.SetMany([new(1, "one"), new(2, "two")]);

        Assert.False(cache.Set(9, "no"));
        Assert.False(cache.TryAdd(9, "no"));
        Assert.Equal("no", cache.GetOrAdd(9, _ => "no"));
        Assert.Equal("no", cache.AddOrUpdate(9, "no", (_, _) => "updated"));
        Assert.False(cache.Set(1, "no"));
        Assert.False(cache.TryUpdate(2, "no", "two"));

        Assert.Equal(0, cache.Count);
        Assert.Equal(6, cache.Statistics.RefusedAsExpired);
        cache.AssertConsistent();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_read_is_told_the_time_to_live_and_decides(bool isPrecise)
    {
        var seen = new List<(int, string, TimeSpan)>();
        _expiry.OnCreate = (_, _) => 10 * Second;
        _expiry.OnRead = (key, value, timeToLive) =>
        {
            seen.Add((key, value, timeToLive));
            return seen.Count switch { 1 => timeToLive, 2 => 30 * Second, 3 => Second, 4 => TimeSpan.MaxValue, _ => TimeSpan.Zero };
        };
        using Cache<int, string> cache = Make(_expiry, options => options.PreciseExpiry = isPrecise);
        cache.Set(1, "one");
        _time.Advance(4 * Second);

        Assert.True(cache.TryGet(1, out _));
        Assert.Equal(6 * Second, cache.TimeToLive(1));
        Assert.True(cache.Touch(1));
        Assert.Equal(30 * Second, cache.TimeToLive(1));
        Assert.Single(cache.GetMany([1]));
        Assert.Equal(Second, cache.TimeToLive(1));
        cache.AssertConsistent();
        Assert.Equal("one", cache.GetOrAdd(1, _ => "other"));
        Assert.Equal(Timeout.InfiniteTimeSpan, cache.TimeToLive(1));
        Assert.True(cache.TryGet(1, out string? last));

        Assert.Equal("one", last);
        Assert.False(cache.TryGet(1, out _));
        Assert.Equal([6 * Second, 6 * Second, 30 * Second, Second, Timeout.InfiniteTimeSpan], seen.Select(call => call.Item3));
        Assert.All(seen, call => Assert.Equal((1, "one"), (call.Item1, call.Item2)));
        cache.AssertConsistent();
    }

    [Fact]
    public void A_look_is_no_read()
    {
        _expiry.OnRead = (_, _, _) => throw new InvalidOperationException();
        using Cache<int, string> cache = Make(_expiry);
        cache.Set(1, "one");

        Assert.True(cache.TryPeek(1, out _));
        Assert.True(cache.ContainsKey(1));
        Assert.False(cache.TryAdd(1, "uno"));
        Assert.Single(cache);
        Assert.NotNull(cache.Explain(1));
        Assert.Equal(TimeSpan.FromMinutes(1), cache.TimeToLive(1));
    }

    [Fact]
    public void An_entry_with_options_of_its_own_is_not_computed()
    {
        using Cache<int, string> cache = Make(new ScriptedExpiry<int, string>
        {
            OnCreate = (_, _) => throw new InvalidOperationException(),
            OnUpdate = (_, _, _) => throw new InvalidOperationException(),
        });

        Assert.True(cache.Set(1, "one", ExpiringCache.For(Second)));
        Assert.True(cache.Set(1, "uno", ExpiringCache.Idle(2 * Second)));
        Assert.True(cache.TrySetExpiry(1, ExpiringCache.For(Timeout.InfiniteTimeSpan)));

        Assert.Equal(Timeout.InfiniteTimeSpan, cache.TimeToLive(1));
    }

    [Fact]
    public void An_update_that_leaves_the_time_of_a_sliding_entry_leaves_it_sliding()
    {
        using Cache<int, string> cache = Make(new ScriptedExpiry<int, string> { OnUpdate = (_, _, timeToLive) => timeToLive });
        cache.Set(1, "one", ExpiringCache.Idle(Second));
        _time.Advance(0.5 * Second);

        cache.Set(1, "uno");
        Assert.Equal((0.5 * Second) + ExpiringCache.Tick, cache.TimeToLive(1));
        cache.TryGet(1, out _);

        Assert.Equal(Second, cache.TimeToLive(1));
    }

    private Cache<int, string> Make(IExpiry<int, string> expiry, Action<CacheOptions<int, string>>? configure = null)
        => ExpiringCache.Of<int, string>(_time, options =>
        {
            options.Expiry = expiry;
            configure?.Invoke(options);
        });

    private sealed class OnlyOnCreate : IExpiry<int, string>
    {
        public TimeSpan ExpireAfterCreate(int key, string value) => value.Length * Second;
    }
}
