using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Expiry;

/// <summary>Entries that expire a fixed time after their last write or access.</summary>
public sealed class ExpiryDurationTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _time = new();

    public static TheoryData<EvictionPolicy, bool> Kinds => ExpiringCache.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_entry_expires_after_its_write_and_not_an_instant_before(EvictionPolicy policy, bool isPrecise)
    {
        using Cache<int, string> cache = Make(policy, isPrecise, options => options.ExpireAfterWrite = Second);
        cache.Set(1, "one");

        _time.Advance(Second - ExpiringCache.Instant);
        Assert.True(cache.TryGet(1, out string? value));
        Assert.Equal("one", value);

        _time.Advance(ExpiringCache.Instant);
        Assert.False(cache.TryGet(1, out value));
        Assert.Null(value);
        cache.AssertConsistent();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(49)]
    [InlineData(1010)]
    [InlineData(1049)]
    public void Coarse_time_keeps_an_entry_until_the_next_tick_at_most_and_precise_time_not_at_all(int milliseconds)
    {
        var duration = TimeSpan.FromMilliseconds(milliseconds);
        using Cache<int, string> coarse = Make(default, isPrecise: false, options => options.ExpireAfterWrite = duration);
        using Cache<int, string> precise = Make(default, isPrecise: true, options => options.ExpireAfterWrite = duration);
        coarse.Set(1, "one");
        precise.Set(1, "one");

        _time.Advance(duration - ExpiringCache.Instant);
        Assert.True(coarse.ContainsKey(1));
        Assert.True(precise.ContainsKey(1));
        _time.Advance(ExpiringCache.Instant);
        Assert.False(precise.ContainsKey(1));
        _time.Advance(TimeSpan.FromMilliseconds(50 - (milliseconds % 50)));
        Assert.False(coarse.ContainsKey(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(49)]
    public void Where_in_a_tick_the_first_entry_was_written_changes_nothing(int milliseconds)
    {
        using Cache<int, string> cache = Make(default, isPrecise: false, options => options.ExpireAfterWrite = Second);
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        cache.Set(1, "one");

        _time.Advance(Second - ExpiringCache.Instant);
        Assert.True(cache.ContainsKey(1));
        _time.Advance(TimeSpan.FromMilliseconds(50 - milliseconds) + ExpiringCache.Instant);
        Assert.False(cache.ContainsKey(1));
    }

    [Fact]
    public void A_read_late_in_a_tick_counts_though_an_earlier_one_was_noted()
    {
        using Cache<int, string> cache = Make(default, isPrecise: false, options => options.ExpireAfterAccess = Second);
        cache.Set(1, "one");
        _time.Advance(ExpiringCache.Tick - ExpiringCache.Instant);
        Assert.True(cache.TryGet(1, out _));

        _time.Advance(Second - ExpiringCache.Instant);
        Assert.True(cache.ContainsKey(1));
        _time.Advance(ExpiringCache.Tick);
        Assert.False(cache.ContainsKey(1));
    }

    [Fact]
    public void A_timer_that_came_late_once_does_not_make_entries_late_for_ever()
    {
        using Cache<int, string> cache = Make(default, isPrecise: false, options => options.ExpireAfterWrite = Second);
        cache.Set(1, "one");
        _time.AdvanceAtOnce(TimeSpan.FromMilliseconds(540));
        cache.Set(2, "two");

        _time.Advance(TimeSpan.FromMilliseconds(460));
        Assert.False(cache.ContainsKey(1));
        _time.Advance(TimeSpan.FromMilliseconds(540) - ExpiringCache.Instant);
        Assert.True(cache.ContainsKey(2));
        _time.Advance(TimeSpan.FromMilliseconds(10) + ExpiringCache.Instant);
        Assert.False(cache.ContainsKey(2));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_write_begins_the_time_anew(EvictionPolicy policy, bool isPrecise)
    {
        using Cache<int, string> cache = Make(policy, isPrecise, options => options.ExpireAfterWrite = Second);
        Action<int>[] writes =
        [
            i => cache.Set(1, $"{i}"),
            i => Assert.True(cache.TryUpdate(1, $"{i}")),
            i => Assert.True(cache.TryUpdate(1, $"{i}", cache.GetMany([1])[1])),
            i => cache.AddOrUpdate(1, "absent", (_, _) => $"{i}"),
            i => Assert.True(cache.TrySetExpiry(1, default)),
        ];
        cache.Set(1, "one");

        for (int i = 0; i < writes.Length; i++)
        {
            _time.Advance(Second - ExpiringCache.Tick);
            writes[i](i);
            cache.AssertConsistent();
        }

        _time.Advance(Second - ExpiringCache.Instant);
        Assert.True(cache.ContainsKey(1));
        _time.Advance(ExpiringCache.Instant);
        Assert.False(cache.ContainsKey(1));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_access_begins_the_time_of_a_sliding_entry_anew(EvictionPolicy policy, bool isPrecise)
    {
        using Cache<int, string> cache = Make(policy, isPrecise, options => options.ExpireAfterAccess = Second);
        Action[] accesses =
        [
            () => Assert.True(cache.TryGet(1, out _)),
            () => Assert.True(cache.Touch(1)),
            () => Assert.Single(cache.GetMany([1])),
            () => cache.GetOrAdd(1, _ => throw new InvalidOperationException()),
            () => cache.Set(1, "uno"),
            () => cache.TryUpdate(1, "eins"),
        ];
        cache.Set(1, "one");

        for (int round = 0; round < 3; round++)
        {
            foreach (Action access in accesses)
            {
                _time.Advance(Second - ExpiringCache.Instant);
                access();
                cache.AssertConsistent();
            }
        }

        _time.Advance(Second - ExpiringCache.Instant);
        Assert.True(cache.ContainsKey(1));
        _time.Advance(ExpiringCache.Tick + ExpiringCache.Instant);
        Assert.False(cache.ContainsKey(1));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_look_at_a_sliding_entry_is_no_access(EvictionPolicy policy, bool isPrecise)
    {
        using Cache<int, string> cache = Make(
            policy, isPrecise, options => options.ExpireAfterAccess = isPrecise ? Second : Second - ExpiringCache.Tick);
        cache.Set(1, "one");

        _time.Advance(Second - ExpiringCache.Instant);
        Assert.True(cache.TryPeek(1, out _));
        Assert.True(cache.ContainsKey(1));
        Assert.Single(cache);
        Assert.Equal(ExpiringCache.Instant, cache.TimeToLive(1));
        Assert.Equal(ExpiringCache.Instant, cache.Explain(1)!.TimeToLive);
        Assert.Single(cache.Hottest(10));
        Assert.False(cache.TryAdd(1, "other"));
        _time.Advance(ExpiringCache.Instant);

        Assert.False(cache.ContainsKey(1));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_both_limits_the_earlier_counts(EvictionPolicy policy, bool isPrecise)
    {
        using Cache<int, string> cache = Make(policy, isPrecise, options =>
        {
            options.ExpireAfterAccess = Second;
            options.ExpireAfterWrite = 2.5 * Second;
        });
        cache.SetMany([new(1, "used"), new(2, "idle")]);

        _time.Advance(0.8 * Second);
        Assert.True(cache.TryGet(1, out _));
        _time.Advance(0.8 * Second);
        Assert.True(cache.TryGet(1, out _));
        Assert.False(cache.TryGet(2, out _));
        _time.Advance(0.8 * Second);
        Assert.True(cache.TryGet(1, out _));
        Assert.Equal(0.1 * Second, cache.TimeToLive(1));
        _time.Advance(0.1 * Second);

        Assert.False(cache.TryGet(1, out _));
        cache.AssertConsistent();
    }

    private Cache<int, string> Make(EvictionPolicy policy, bool isPrecise, Action<CacheOptions<int, string>> configure)
        => ExpiringCache.Of<int, string>(_time, options =>
        {
            (options.Eviction, options.PreciseExpiry) = (policy, isPrecise);
            configure(options);
        });
}
