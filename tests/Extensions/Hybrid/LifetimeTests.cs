using FastCache.Tests.Extensions.TestTypes;
using Microsoft.Extensions.Caching.Hybrid;
using Xunit;

namespace FastCache.Tests.Extensions.Hybrid;

public sealed class LifetimeTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Moment = TimeSpan.FromTicks(1);

    [Fact]
    public async Task An_entry_that_says_nothing_lives_for_five_minutes()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            await test.GetAsync("key", 1);

            Assert.Equal(5 * Minute, second.LifeOf("key"));
            test.Pass((5 * Minute) - Moment);
            Assert.Equal(1, await test.FindAsync<int>("key"));
            test.Pass(Moment);
            Assert.Equal(2, await test.GetAsync("key", 2));
        }
    }

    [Fact]
    public async Task Settings_say_how_long_entries_live_in_all_and_here()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond(static options =>
        {
            options.DefaultExpiration = TimeSpan.FromHours(1);
            options.Hybrid.DefaultLocalExpiration = Minute;
        });
        await using (test)
        {
            await test.GetAsync("key", 1);
            await test.GetAsync("own", 1, new HybridCacheEntryOptions { Expiration = 2 * Minute });
            int reads = second.Reads;

            Assert.Equal(TimeSpan.FromHours(1), second.LifeOf("key"));
            test.Pass(Minute - Moment);
            await test.FindAsync<int>("key", TestHybridCache.With(HybridCacheEntryFlags.DisableDistributedCache));
            test.Pass(Moment);
            HybridCacheEntryOptions unkept
                = TestHybridCache.With(HybridCacheEntryFlags.DisableDistributedCache | HybridCacheEntryFlags.DisableLocalCacheWrite);
            Assert.Equal(2, await test.GetAsync("key", 2, unkept));
            Assert.Equal(1, await test.FindAsync<int>("own", TestHybridCache.With(HybridCacheEntryFlags.DisableDistributedCache)));
            Assert.Equal(1, await test.FindAsync<int>("key"));
            Assert.True(second.Reads > reads);
        }
    }

    [Fact]
    public async Task A_local_copy_does_not_outlive_the_entry()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            var options = new HybridCacheEntryOptions { Expiration = 2 * Minute, LocalCacheExpiration = Minute };
            await test.GetAsync("key", 1, options);
            await test.GetAsync("long", 1, new HybridCacheEntryOptions { Expiration = Minute, LocalCacheExpiration = TimeSpan.FromHours(1) });

            test.Pass(1.5 * Minute);
            Assert.Equal(2, await test.GetAsync("long", 2));
            Assert.Equal(1, await test.FindAsync<int>("key", options));
            second["key"] = null;
            test.Pass((0.5 * Minute) - Moment);
            Assert.Equal(1, await test.FindAsync<int>("key"));
            test.Pass(Moment);

            Assert.Equal(2, await test.GetAsync("key", 2));
        }
    }

    [Fact]
    public async Task What_the_second_level_keeps_too_long_has_expired_all_the_same()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            await test.GetAsync("key", 1, new HybridCacheEntryOptions { Expiration = Minute });
            second["key"] = second["key"];
            test.Pass(Minute);

            Assert.Equal(2, await test.GetAsync("key", 2));
            Assert.Equal(0, test.Cache.SecondLevelStatistics.RejectedPayloads);
        }
    }

    [Theory]
    [InlineData(0, 60, false, false)]
    [InlineData(-1, 60, false, false)]
    [InlineData(60, 0, false, true)]
    [InlineData(60, -5, false, true)]
    [InlineData(60, 60, true, true)]
    public async Task An_expiration_that_is_not_positive_means_not_kept(int seconds, int localSeconds, bool isLocal, bool isInSecond)
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            var options = new HybridCacheEntryOptions
            {
                Expiration = TimeSpan.FromSeconds(seconds),
                LocalCacheExpiration = TimeSpan.FromSeconds(localSeconds),
            };
            await test.Cache.SetAsync("set", 0);

            Assert.Equal(1, await test.GetAsync("made", 1, options));
            await test.Cache.SetAsync("set", 1, options);

            Assert.Equal(isInSecond, second["made"] is not null);
            Assert.Equal(isInSecond, second["set"] is not null);
            HybridCacheEntryOptions localOnly
                = TestHybridCache.With(HybridCacheEntryFlags.DisableDistributedCache | HybridCacheEntryFlags.DisableUnderlyingData);
            Assert.Equal(isLocal ? 1 : 0, await test.GetAsync("made", 2, localOnly));
            Assert.Equal(isLocal ? 1 : 0, await test.GetAsync("set", 2, localOnly));
            test.AssertAtRest();
        }
    }

    [Fact]
    public async Task The_longest_expiration_is_one()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            await test.GetAsync("key", 1, new HybridCacheEntryOptions { Expiration = TimeSpan.MaxValue });
            test.Pass(TimeSpan.FromDays(360));
            Assert.Equal(1, await test.FindAsync<int>("key"));

            await test.ForgetLocalAsync("key");
            Assert.Equal(1, await test.FindAsync<int>("key"));
            Assert.Equal(TimeSpan.FromDays(5), second.LifeOf("key"));
        }
    }

    [Fact]
    public async Task Jitter_makes_entries_live_longer_as_a_whole()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond(static options => options.ExpirationJitter = Minute);
        await using (test)
        {
            for (int i = 0; i < 100; i++)
            {
                await test.GetAsync($"{i}", i, new HybridCacheEntryOptions { Expiration = Minute });
            }

            TimeSpan[] lives = [.. Enumerable.Range(0, 100).Select(i => second.LifeOf($"{i}"))];
            Assert.All(lives, static life => Assert.InRange(life, Minute, 2 * Minute));
            Assert.True(lives.Distinct().Count() > 50);
            test.Pass(lives[7] - Moment);
            Assert.Equal(7, await test.FindAsync<int>("7"));
            test.Pass(Moment);
            Assert.Equal(0, await test.GetAsync("7", 0));
        }
    }
}
