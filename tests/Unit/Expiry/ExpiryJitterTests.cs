using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Expiry;

/// <summary>Entries that are written together and are not to expire together.</summary>
public sealed class ExpiryJitterTests
{
    private const int Entries = 1000;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ManualTimeProvider _time = new();

    public static TheoryData<string> Kinds => ["the cache's duration", "the entry's", "computed"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_duration_becomes_longer_by_the_jitter_at_most_and_each_by_another_part_of_it(string kind)
    {
        using Cache<int, int> cache = Make(kind, jitter: Minute);
        EntryOptions own = kind == "the entry's" ? ExpiringCache.For(Minute) : default;
        for (int key = 0; key < Entries; key++)
        {
            cache.Set(key, key, own);
        }

        TimeSpan[] lives = [.. Enumerable.Range(0, Entries).Select(key => cache.TimeToLive(key)!.Value)];

        Assert.All(lives, life => Assert.InRange(life, Minute, 2 * Minute));

        // 250 fall into each quarter on average; that one of them has less than 150 does not happen (7 sigma).
        for (int quarter = 0; quarter < 4; quarter++)
        {
            TimeSpan first = Minute + (quarter * Minute / 4);
            Assert.InRange(lives.Count(life => life >= first && life < first + (Minute / 4)), 150, 350);
        }

        _time.AdvanceAtOnce(Minute - ExpiringCache.Instant);
        Assert.Equal(Entries, cache.ToArray().Length);
        _time.AdvanceAtOnce(Minute + ExpiringCache.Instant + ExpiringCache.Tick);
        Assert.Empty(cache);
    }

    [Fact]
    public void Moments_and_idle_times_have_no_jitter_and_nothing_that_never_expires_has()
    {
        using Cache<int, int> cache = ExpiringCache.Of<int, int>(_time, options => options.ExpiryJitter = Minute);

        for (int key = 0; key < 100; key += 4)
        {
            cache.Set(key, key, ExpiringCache.Idle(Minute));
            cache.Set(key + 1, key, new EntryOptions { ExpireAt = _time.GetUtcNow() + Minute });
            cache.Set(key + 2, key, ExpiringCache.For(Timeout.InfiniteTimeSpan));
            cache.Set(key + 3, key);
            Assert.Equal(Minute, cache.TimeToLive(key));
            Assert.Equal(Minute, cache.TimeToLive(key + 1));
            Assert.Equal(Timeout.InfiniteTimeSpan, cache.TimeToLive(key + 2));
            Assert.Equal(Timeout.InfiniteTimeSpan, cache.TimeToLive(key + 3));
        }
    }

    [Fact]
    public void What_is_to_expire_at_once_does_so_in_spite_of_the_jitter()
    {
        using Cache<int, int> cache = ExpiringCache.Of<int, int>(_time, options =>
        {
            options.Expiry = new ScriptedExpiry<int, int> { OnCreate = (_, _) => TimeSpan.Zero };
            options.ExpiryJitter = Minute;
        });

        for (int key = 0; key < 100; key++)
        {
            Assert.False(cache.Set(key, key));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(long.MaxValue - 1)]
    [InlineData(long.MaxValue)]
    public void Any_jitter_will_do(long ticks)
    {
        using Cache<int, int> cache = Make("the cache's duration", TimeSpan.FromTicks(ticks));

        for (int key = 0; key < 100; key++)
        {
            Assert.True(cache.Set(key, key));
            TimeSpan life = cache.TimeToLive(key)!.Value;
            Assert.True(life == Timeout.InfiniteTimeSpan || life >= Minute, $"{life}");
        }

        cache.AssertConsistent();
    }

    private Cache<int, int> Make(string kind, TimeSpan jitter)
        => ExpiringCache.Of<int, int>(
            _time,
            options =>
            {
                options.ExpiryJitter = jitter;
                options.ExpireAfterWrite = kind == "the cache's duration" ? Minute : null;
                options.Expiry = kind == "computed" ? new ScriptedExpiry<int, int>() : null;
            },
            capacity: Entries);
}
