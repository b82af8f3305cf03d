using FastCache.Tests.Unit.TestTypes;
using FastCache.Timing;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>Until when a value may be served is written down with it: what the cache itself goes by.</summary>
public sealed class JournalLifetimeTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static TheoryData<string, bool> Writes
        => [.. WritersByName.Keys.Select(static name => (name, false)), .. WritersByName.Keys.Select(static name => (name, true))];

    // Each writes key 1, for an hour from now on if there are no options for it.
    private static Dictionary<string, Action<Cache<int, string>, EntryOptions>> WritersByName { get; } = new()
    {
        ["Set"] = static (cache, options) => cache.Set(1, "a", options),
        ["Set of a present key"] = static (cache, options) =>
        {
            cache.Set(1, "before");
            cache.Set(1, "a", options);
        },
        ["TryAdd"] = static (cache, options) => cache.TryAdd(1, "a", options),
        ["TrySetExpiry"] = static (cache, options) =>
        {
            cache.Set(1, "a", ExpiringCache.For(TimeSpan.FromDays(2)));
            cache.TrySetExpiry(1, options);
        },
        ["GetOrAdd"] = static (cache, options) => cache.GetOrAdd(1, static _ => "a", options),
        ["GetOrAddAsync"] = static (cache, options) => cache.GetOrAddAsync(1, context =>
        {
            context.Entry = options;
            return new ValueTask<string>("a");
        }).AsTask().GetAwaiter().GetResult(),
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public void A_fixed_end(string write, bool isPrecise)
    {
        using JournaledCache run = Create(isPrecise);
        WritersByName[write](run.Cache, ExpiringCache.For(Hour));

        AssertTold(run, new Lifetime(Lifetime.After(run.Cache.Now, Hour.Ticks), 0, 0));
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public void An_end_after_the_last_access(string write, bool isPrecise)
    {
        using JournaledCache run = Create(isPrecise);
        WritersByName[write](run.Cache, ExpiringCache.Idle(Hour));

        long access = isPrecise ? run.Cache.Now : Tick.EndOf(run.Cache.Now);
        AssertTold(run, new Lifetime(0, Hour.Ticks, access));
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public void Both_and_a_moment(string write, bool isPrecise)
    {
        using JournaledCache run = Create(isPrecise);
        var options = new EntryOptions
        {
            ExpireAfterWrite = 3 * Hour,
            ExpireAfterAccess = Hour,
            ExpireAt = run.Time.GetUtcNow() + (2 * Hour),
        };
        WritersByName[write](run.Cache, options);

        long access = isPrecise ? run.Cache.Now : Tick.EndOf(run.Cache.Now);
        AssertTold(run, new Lifetime(Lifetime.After(run.Cache.Now, 2 * Hour.Ticks), Hour.Ticks, access));
    }

    [Fact]
    public void A_value_that_replaces_one_with_an_end_has_its_own()
    {
        using JournaledCache run = Create();
        run.Cache.Set(1, "a", ExpiringCache.For(Hour));

        run.Cache.Set(1, "b");
        Assert.True(Last(run).Lifetime.IsForever);
        run.Cache.TryUpdate(1, "c");
        Assert.True(Last(run).Lifetime.IsForever);
        run.Cache.AddOrUpdate(1, "d", static (_, _) => "e");
        Assert.True(Last(run).Lifetime.IsForever);
        run.AssertSound();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_options_of_the_cache_count_with_their_jitter(bool isPrecise)
    {
        using JournaledCache run = Create(isPrecise, static options => (options.ExpireAfterWrite, options.ExpiryJitter) = (Hour, Hour));
        Action<Cache<int, string>>[] writes =
        [
            static cache => cache.Set(1, "a"),
            static cache => cache.Set(1, "b"),
            static cache => cache.TryUpdate(1, "c"),
            static cache => cache.TryUpdate(1, "d", "c"),
            static cache => cache.AddOrUpdate(1, "", static (_, _) => "e"),
            static cache => cache.TrySetExpiry(1, default),
        ];
        foreach (Action<Cache<int, string>> write in writes)
        {
            run.Time.Advance(TimeSpan.FromMinutes(1));
            write(run.Cache);

            Assert.InRange(run.Cache.TimeToLive(1)!.Value, Hour, 2 * Hour);
            Assert.Equal(run.Cache.Now + run.Cache.TimeToLive(1)!.Value.Ticks, Last(run).Lifetime.Deadline);
            Assert.Equal(run.Cache.Now, Last(run).Now);
        }

        run.AssertSound();
    }

    [Fact]
    public void A_read_that_makes_the_life_shorter_tells_the_new_end()
    {
        var expiry = new ScriptedReadExpiry<int, string> { OnRead = static (_, _, left) => left / 2 };
        using JournaledCache run = Create(configure: options => options.Expiry = expiry);
        run.Cache.Set(1, "a");
        run.Cache.TryGet(1, out _);

        AssertTold(run, new Lifetime(Lifetime.After(run.Cache.Now, TimeSpan.FromSeconds(30).Ticks), 0, 0));
    }

    [Fact]
    public void A_stale_value_ends_when_it_became_stale()
    {
        using JournaledCache run = Create(
            configure: static options => options.Loading = new LoadOptions { FailSafeMaxDuration = 10 * Hour, EagerRefreshThreshold = 0.5 });
        run.Cache.Set(1, "a", ExpiringCache.For(Hour));

        Assert.Equal(run.Cache.Now + Hour.Ticks, Last(run).Lifetime.Deadline);
        run.AssertSound();
    }

    private static JournaledCache Create(bool isPrecise = false, Action<CacheOptions<int, string>>? configure = null)
        => new(configure: options =>
        {
            options.PreciseExpiry = isPrecise;
            configure?.Invoke(options);
        });

    private static JournalEntry<int, string> Last(JournaledCache run) => run.Journal.Entries[^1];

    private static void AssertTold(JournaledCache run, Lifetime lifetime)
    {
        Lifetime told = Last(run).Lifetime;
        Assert.Equal((lifetime.Deadline, lifetime.IdleLimit), (told.Deadline, told.IdleLimit));
        if (lifetime.IdleLimit != 0)
        {
            Assert.Equal(lifetime.LastAccess, told.LastAccess);
        }

        Assert.Equal(run.Cache.Now, Last(run).Now);
        run.AssertSound();
    }
}
