using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Expiry;

/// <summary>Moments by the wall clock, and durations at the ends of the scale.</summary>
public sealed class ExpiryMomentTests : IDisposable
{
    private static readonly TimeSpan Century = TimeSpan.FromDays(36_500);
    private readonly ManualTimeProvider _time = new();
    private readonly Cache<int, string> _cache;

    public ExpiryMomentTests() => _cache = ExpiringCache.Of<int, string>(_time);

    public void Dispose()
    {
        _cache.AssertConsistent();
        _cache.Dispose();
    }

    [Fact]
    public void An_entry_expires_at_its_moment_by_the_clock_of_the_provider()
    {
        DateTimeOffset moment = (_time.GetUtcNow() + TimeSpan.FromSeconds(10)).ToOffset(TimeSpan.FromHours(5));
        Assert.True(_cache.Set(1, "one", new EntryOptions { ExpireAt = moment }));

        _time.Advance(TimeSpan.FromSeconds(10) - ExpiringCache.Instant);
        Assert.Equal(ExpiringCache.Instant, _cache.TimeToLive(1));
        _time.Advance(ExpiringCache.Instant);
        Assert.Null(_cache.TimeToLive(1));
    }

    // A millisecond ago is what the infinite duration is made of.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(TimeSpan.TicksPerMillisecond)]
    [InlineData(TimeSpan.TicksPerDay)]
    public void A_value_whose_moment_has_passed_is_not_kept_and_neither_is_the_one_before(long ticksAgo)
    {
        EntryOptions options = new() { ExpireAt = _time.GetUtcNow() - TimeSpan.FromTicks(ticksAgo) };
        _cache.SetMany([new(1, "one"), new(2, "two"), new(3, "three")]);

        Assert.False(_cache.Set(1, "uno", options));
        Assert.False(_cache.Set(9, "nine", options));
        Assert.False(_cache.TryAdd(8, "eight", options));
        Assert.Equal("seven", _cache.GetOrAdd(7, _ => "seven", options));
        Assert.False(_cache.TrySetExpiry(2, options));
        Assert.False(_cache.TryAdd(3, "drei", options));

        Assert.Equal(KeyValuePair.Create(3, "three"), Assert.Single(_cache));
        Assert.Equal(1, _cache.Count);
        Assert.Equal(5, _cache.Statistics.RefusedAsExpired);
        Assert.Equal(0, _cache.Statistics.Expirations);
    }

    [Fact]
    public void The_first_moment_of_all_has_passed()
        => Assert.False(_cache.Set(1, "one", new EntryOptions { ExpireAt = DateTimeOffset.MinValue }));

    [Theory]
    [InlineData(5, null, 5)]
    [InlineData(5, 10, 5)]
    [InlineData(10, 5, 5)]
    public void With_a_duration_of_its_own_the_earlier_counts(int at, int? after, int seconds)
    {
        _cache.Set(1, "one", new EntryOptions
        {
            ExpireAt = _time.GetUtcNow() + TimeSpan.FromSeconds(at),
            ExpireAfterWrite = after is { } set ? TimeSpan.FromSeconds(set) : null,
        });

        Assert.Equal(TimeSpan.FromSeconds(seconds), _cache.TimeToLive(1));
    }

    [Fact]
    public void With_a_duration_of_its_own_a_moment_that_has_passed_counts()
        => Assert.False(_cache.Set(1, "one", new EntryOptions
        {
            ExpireAt = _time.GetUtcNow() - TimeSpan.FromMilliseconds(1),
            ExpireAfterWrite = TimeSpan.FromSeconds(1),
        }));

    [Fact]
    public void A_moment_takes_the_place_of_the_caches_duration_whether_it_is_earlier_or_later()
    {
        using Cache<int, string> cache = ExpiringCache.Of<int, string>(
            _time, options => options.ExpireAfterWrite = TimeSpan.FromMinutes(1));

        cache.Set(1, "one", new EntryOptions { ExpireAt = _time.GetUtcNow() + TimeSpan.FromHours(1) });
        cache.Set(2, "two", new EntryOptions { ExpireAt = _time.GetUtcNow() + TimeSpan.FromSeconds(1) });

        Assert.Equal(TimeSpan.FromHours(1), cache.TimeToLive(1));
        Assert.Equal(TimeSpan.FromSeconds(1), cache.TimeToLive(2));
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(true)]
    [InlineData(false)]
    public Task An_entry_lives_for_a_century_if_it_is_to(bool byMoment)
        => Task.Run(
            () =>
            {
                _cache.Set(1, "one", byMoment
                    ? new EntryOptions { ExpireAt = _time.GetUtcNow() + Century }
                    : new EntryOptions { ExpireAfterWrite = Century });
                for (int year = 0; year < 100; year++)
                {
                    _time.AdvanceAtOnce(Century / 100 - ExpiringCache.Tick);
                    Assert.True(_cache.TryGet(1, out _));
                    Assert.Equal(0, _cache.TrimExpired());
                    _cache.AssertConsistent();
                }

                _time.Advance(99 * ExpiringCache.Tick);
                Assert.True(_cache.TryGet(1, out _));
                _time.Advance(ExpiringCache.Tick);
                Assert.False(_cache.TryPeek(1, out _));
                Wait.Until(() => _cache.Count == 0);
            },
            TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("the last moment")]
    [InlineData("the longest duration")]
    [InlineData("the longest idle time")]
    [InlineData("all of them")]
    public void What_is_beyond_all_time_never_comes(string what)
    {
        EntryOptions options = new()
        {
            ExpireAt = what is "the last moment" or "all of them" ? DateTimeOffset.MaxValue : null,
            ExpireAfterWrite = what is "the longest duration" or "all of them" ? TimeSpan.MaxValue : null,
            ExpireAfterAccess = what is "the longest idle time" or "all of them" ? TimeSpan.MaxValue : null,
        };

        // New, in place of one that expires, and in place of one that does not, beside one that does.
        _cache.Set(2, "two", ExpiringCache.For(TimeSpan.FromSeconds(1)));
        _cache.Set(3, "three");
        foreach (int key in new[] { 1, 2, 3 })
        {
            Assert.True(_cache.Set(key, "for ever", options));
            _cache.AssertConsistent();
        }

        _cache.Set(4, "four", ExpiringCache.Idle(TimeSpan.FromSeconds(1)));
        for (int i = 0; i < 3; i++)
        {
            _time.AdvanceAtOnce(Century);
            Assert.Equal("for ever", _cache.GetMany([1])[1]);
            Assert.Equal([1, 2, 3], _cache.Select(entry => entry.Key).Order());
            _cache.TrimExpired();
            _cache.AssertConsistent();
        }

        Assert.Equal(3, _cache.Count);
    }

    [Fact]
    public void The_infinite_duration_means_that_nothing_expires()
    {
        using Cache<int, string> cache = ExpiringCache.Of<int, string>(_time, options =>
        {
            options.ExpireAfterWrite = Timeout.InfiniteTimeSpan;
            options.ExpireAfterAccess = Timeout.InfiniteTimeSpan;
        });
        cache.Set(1, "one");
        cache.Set(2, "two", ExpiringCache.For(Timeout.InfiniteTimeSpan));

        Assert.Equal(Timeout.InfiniteTimeSpan, cache.TimeToLive(1));
        Assert.Equal(Timeout.InfiniteTimeSpan, cache.TimeToLive(2));
        Assert.Equal(0, _time.ActiveTimers);
    }
}
