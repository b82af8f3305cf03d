using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Expiry;

/// <summary>What can be asked for, of the cache and for an entry.</summary>
public sealed class ExpiryOptionsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _time = new();

    public static TheoryData<long> NoDurations => [0, -1, -TimeSpan.TicksPerMillisecond + 1, -TimeSpan.TicksPerDay, long.MinValue];

    [Theory]
    [MemberData(nameof(NoDurations))]
    public void A_duration_that_is_not_positive_is_refused(long ticks)
    {
        var duration = TimeSpan.FromTicks(ticks);

        AssertFaults(options => options.ExpireAfterWrite = duration, $"ExpireAfterWrite is {duration}");
        AssertFaults(options => options.ExpireAfterAccess = duration, $"ExpireAfterAccess is {duration}");
        AssertRefused("ExpireAfterWrite", duration, () => new EntryOptions { ExpireAfterWrite = duration });
        AssertRefused("ExpireAfterAccess", duration, () => new EntryOptions { ExpireAfterAccess = duration });
    }

    [Fact]
    public void Every_fault_is_named_at_once()
        => AssertFaults(
            options =>
            {
                options.ExpireAfterWrite = TimeSpan.Zero;
                options.ExpireAfterAccess = -Second;
                options.ExpiryJitter = -Second;
                options.Expiry = new ScriptedExpiry<int, string>();
                options.TimeProvider = null!;
                options.Eviction = (EvictionPolicy)17;
            },
            "ExpireAfterWrite is 00:00:00",
            "ExpireAfterAccess is -00:00:01",
            "Expiry is set together with ExpireAfterWrite or ExpireAfterAccess",
            "ExpiryJitter is -00:00:01",
            "TimeProvider is null",
            "Eviction is 17");

    [Fact]
    public void Computed_and_fixed_durations_exclude_each_other()
    {
        var expiry = new ScriptedExpiry<int, string>();

        AssertFaults(options => (options.Expiry, options.ExpireAfterWrite) = (expiry, Second), "Expiry is set together");
        AssertFaults(options => (options.Expiry, options.ExpireAfterAccess) = (expiry, Second), "Expiry is set together");
    }

    [Fact]
    public void By_default_nothing_expires_and_time_is_the_systems_and_coarse()
    {
        var options = new CacheOptions<int, string>();

        Assert.Null(options.ExpireAfterWrite);
        Assert.Null(options.ExpireAfterAccess);
        Assert.Null(options.Expiry);
        Assert.Equal(TimeSpan.Zero, options.ExpiryJitter);
        Assert.False(options.PreciseExpiry);
        Assert.Same(TimeProvider.System, options.TimeProvider);
    }

    [Fact]
    public void Options_say_what_was_set()
    {
        DateTimeOffset moment = new(2030, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));
        EntryOptions none = default;
        EntryOptions some = new() { ExpireAfterWrite = Second, ExpireAfterAccess = Timeout.InfiniteTimeSpan, ExpireAt = moment };

        Assert.Null(none.ExpireAfterWrite);
        Assert.Null(none.ExpireAfterAccess);
        Assert.Null(none.ExpireAt);
        Assert.Equal(Second, some.ExpireAfterWrite);
        Assert.Equal(Timeout.InfiniteTimeSpan, some.ExpireAfterAccess);
        Assert.Equal(moment, some.ExpireAt);
    }

    [Fact]
    public void Options_are_equal_if_they_say_the_same()
    {
        DateTimeOffset moment = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
        EntryOptions[] options =
        [
            default,
            ExpiringCache.For(Second),
            ExpiringCache.For(Timeout.InfiniteTimeSpan),
            ExpiringCache.Idle(Second),
            new EntryOptions { ExpireAt = moment },
        ];

        foreach (EntryOptions one in options)
        {
            EntryOptions copy = new() { ExpireAfterWrite = one.ExpireAfterWrite, ExpireAfterAccess = one.ExpireAfterAccess, ExpireAt = one.ExpireAt };
            Assert.True(one == copy && !(one != copy) && one.Equals((object)copy) && one.GetHashCode() == copy.GetHashCode());
            Assert.Single(options, other => other == one);
            Assert.False(one.Equals("something else"));
        }

        Assert.Equal(new EntryOptions { ExpireAt = moment.ToOffset(TimeSpan.FromHours(3)) }, options[4]);
    }

    [Fact]
    public void Each_kind_that_an_entry_sets_overrides_that_of_the_cache()
    {
        using Cache<int, string> cache = ExpiringCache.Of<int, string>(_time, options =>
        {
            options.ExpireAfterWrite = 10 * Second;
            options.ExpireAfterAccess = 4 * Second;
        });
        EntryOptions[] options =
        [
            default,
            ExpiringCache.For(2 * Second),
            ExpiringCache.Idle(20 * Second),
            ExpiringCache.Idle(Timeout.InfiniteTimeSpan),
            ExpiringCache.For(Timeout.InfiniteTimeSpan),
            new() { ExpireAfterWrite = Timeout.InfiniteTimeSpan, ExpireAfterAccess = Timeout.InfiniteTimeSpan },
            new() { ExpireAt = _time.GetUtcNow() + (30 * Second) },
            new() { ExpireAt = _time.GetUtcNow() + (30 * Second), ExpireAfterAccess = Timeout.InfiniteTimeSpan },
        ];
        int[] secondsLeft = [4, 2, 10, 10, 4, -1, 4, 30];

        for (int key = 0; key < options.Length; key++)
        {
            TimeSpan expected = secondsLeft[key] < 0 ? Timeout.InfiniteTimeSpan : secondsLeft[key] * Second;
            Assert.True(cache.TryAdd(key, "added", options[key]));
            Assert.Equal(expected, cache.TimeToLive(key));
            Assert.True(cache.Set(key, "set", options[key]));
            Assert.Equal(expected, cache.TimeToLive(key));
            Assert.Equal("made", cache.GetOrAdd(100 + key, _ => "made", options[key]));
            Assert.Equal(expected, cache.TimeToLive(100 + key));
            Assert.True(cache.Set(key, "by default"));
            Assert.Equal(4 * Second, cache.TimeToLive(key));
        }

        cache.AssertConsistent();
    }

    private static void AssertFaults(Action<CacheOptions<int, string>> configure, params string[] faults)
    {
        var options = new CacheOptions<int, string> { Capacity = 10 };
        configure(options);

        CacheOptionsException exception = Assert.Throws<CacheOptionsException>(() => new Cache<int, string>(options));

        Assert.Equal(faults.Length, exception.Faults.Count);
        Assert.All(faults.Zip(exception.Faults), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
    }

    private static void AssertRefused(string name, TimeSpan duration, Func<EntryOptions> make)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(name, () => make());

        Assert.Equal(duration, exception.ActualValue);
    }
}
