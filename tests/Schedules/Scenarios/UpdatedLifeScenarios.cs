using FastCache.Tests.Schedules.Search;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>Value and end of life change together: reads of an entry while it gets another value with another end.</summary>
public sealed class UpdatedLifeScenarios(ITestOutputHelper output)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongLife = 10 * Life;
    private static readonly EntryOptions Deadline = new() { ExpireAfterWrite = Life };
    private static readonly EntryOptions IdleLimit = new() { ExpireAfterAccess = Life };

    /// <summary>How a value is read.</summary>
    public enum Read
    {
        TryGet,
        TryPeek,
        Enumerate,
    }

    public static TheoryData<bool, bool, Read> Reads()
    {
        var combinations = new TheoryData<bool, bool, Read>();
        foreach (Read read in Enum.GetValues<Read>())
        {
            combinations.Add(true, true, read);
            combinations.Add(true, false, read);
            combinations.Add(false, true, read);
            combinations.Add(false, false, read);
        }

        return combinations;
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void A_new_value_is_not_read_past_its_own_end(bool isPrecise, bool wasForever, Read read)
        => Explore(() =>
        {
            var time = new ManualTimeProvider();
            Cache<int, string> cache = Create(time, isPrecise, wasForever);
            bool wasRead = false;
            return new Plan<int, string>(cache)
                .Thread(() => cache.Set(1, "new", Deadline))
                .Thread(() =>
                {
                    time.AdvanceAtOnce(2 * Life);
                    wasRead = Value(cache, read) == "new";
                })
                .AtEnd(() => Assert.True(!wasRead || Value(cache, read) == "new", "it was read and had expired before"));
        });

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void An_access_to_a_new_value_keeps_it(bool isPrecise, bool wasForever)
        => Explore(() =>
        {
            var time = new ManualTimeProvider();
            Cache<int, string> cache = Create(time, isPrecise, wasForever);
            bool isKept = true;
            return new Plan<int, string>(cache)
                .Thread(() => cache.Set(1, "new", IdleLimit))
                .Thread(() =>
                {
                    time.AdvanceAtOnce(0.6 * Life);
                    bool wasRead = Value(cache, Read.TryGet) == "new";
                    time.AdvanceAtOnce(0.6 * Life);
                    isKept = !wasRead || Value(cache, Read.TryPeek) == "new";
                })
                .AtEnd(() => Assert.True(isKept));
        });

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void An_entry_that_was_over_for_one_read_is_over_for_the_next(bool isPrecise, bool wasForever)
        => Explore(() =>
        {
            var time = new ManualTimeProvider();
            Cache<int, string> cache = Create(time, isPrecise, wasForever);
            bool isBack = false;
            return new Plan<int, string>(cache)
                .Thread(() => cache.TrySetExpiry(1, Deadline))
                .Thread(() =>
                {
                    time.AdvanceAtOnce(2 * Life);
                    isBack = Value(cache, Read.TryPeek) is null && Value(cache, Read.TryPeek) is not null;
                })
                .AtEnd(() => Assert.False(isBack));
        });

    private static Cache<int, string> Create(ManualTimeProvider time, bool isPrecise, bool wasForever)
    {
        Cache<int, string> cache = Caches.Create<int, string>(8, options =>
        {
            options.TimeProvider = time;
            options.PreciseExpiry = isPrecise;
        });
        cache.Set(1, "old", wasForever ? default : new EntryOptions { ExpireAfterWrite = LongLife });
        return cache;
    }

    private static string? Value(Cache<int, string> cache, Read read) => read switch
    {
        Read.TryGet => cache.TryGet(1, out string? value) ? value : null,
        Read.TryPeek => cache.TryPeek(1, out string? value) ? value : null,
        _ => cache.Select(static entry => entry.Value).SingleOrDefault(),
    };

    private void Explore(Func<Scenario> create) => output.WriteLine(ScheduleSearch.Explore(create));
}
