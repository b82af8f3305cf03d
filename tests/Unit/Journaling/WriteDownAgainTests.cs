using FastCache.Journaling;
using FastCache.Tests.Unit.TestTypes;
using FastCache.Timing;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>An entry is written down once more only if it is the one that was meant, and notices nothing of it.</summary>
public sealed class WriteDownAgainTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static TheoryData<JournalShape, EvictionPolicy> Kinds
        => [.. from shape in Enum.GetValues<JournalShape>() from policy in Enum.GetValues<EvictionPolicy>() select (shape, policy)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_was_written_since_is_not_written_again(JournalShape shape, EvictionPolicy policy)
    {
        using JournaledCache run = Create(shape, policy);
        run.Cache.Set(1, "a");
        run.Cache.Set(1, "b");

        Assert.False(run.WriteDownAgain(1, 1));

        Assert.Equal(["put 1 = a", "put 1 = b"], run.Journal.Lines);
        Positions.AssertNewest(run);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_absent_is_not_written_again(JournalShape shape, EvictionPolicy policy)
    {
        using JournaledCache run = Create(shape, policy);
        Assert.False(run.WriteDownAgain(1, 1));
        run.Cache.Set(1, "a");
        run.Cache.TryRemove(1);
        Assert.False(run.WriteDownAgain(1, 1));
        run.Cache.Set(2, "b");
        run.Cache.Trim(1);
        Assert.False(run.WriteDownAgain(2, 3));
        run.Cache.Set(4, "d");
        run.Cache.Clear();
        Assert.False(run.WriteDownAgain(4, 4));
        run.Cache.Set(5, "e");
        run.Cache.Dispose();
        Assert.False(run.WriteDownAgain(5, 6));

        Assert.Equal(6, run.Journal.Lines.Length);
        run.AssertSound();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Another_key_is_not_taken_for_the_one_that_was_meant(JournalShape shape, EvictionPolicy policy)
    {
        using JournaledCache run = Create(shape, policy);
        run.Cache.Set(1, "a");
        run.Cache.Set(2, "b");

        Assert.False(run.WriteDownAgain(2, 1));
        Assert.False(run.WriteDownAgain(1, 2));
        Assert.False(run.WriteDownAgain(3, 1));

        Assert.True(run.WriteDownAgain(1, 1));
        Positions.AssertNewest(run);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_has_expired_is_not_written_again(JournalShape shape, EvictionPolicy policy)
    {
        using JournaledCache run = Create(shape, policy);
        run.Cache.Set(1, "a", ExpiringCache.For(Hour));
        run.Time.AdvanceAtOnce(Hour + ExpiringCache.Tick);

        Assert.False(run.WriteDownAgain(1, 1));

        Assert.Single(run.Journal.Lines);
        run.AssertSound();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_stale_is_not_written_again_and_stays_for_those_who_can_use_it(JournalShape shape, EvictionPolicy policy)
    {
        using JournaledCache run = Create(
            shape, policy, static options => options.Loading = new LoadOptions { FailSafeMaxDuration = TimeSpan.FromDays(1) });
        run.Cache.Set(1, "a", ExpiringCache.For(Hour));
        run.Time.Advance(2 * Hour);

        Assert.False(run.WriteDownAgain(1, 1));

        Assert.Equal("a", run.Cache.GetOrAdd(1, static _ => throw new InvalidDataException()));
        Assert.Single(run.Journal.Lines);
        Positions.AssertNewest(run);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_does_not_count_as_an_access(JournalShape shape, EvictionPolicy policy)
    {
        using JournaledCache run = Create(shape, policy);
        run.Cache.Set(1, "a", ExpiringCache.Idle(Hour));
        run.Cache.Set(2, "b");
        run.Time.Advance(Hour / 2);
        EntryExplanation? before = run.Cache.Explain(1);

        Assert.True(run.WriteDownAgain(1, 1));
        Assert.True(run.WriteDownAgain(2, 2));

        Assert.Equal(before, run.Cache.Explain(1));
        Assert.Equal(policy == EvictionPolicy.Fifo, run.Cache.Explain(2)!.IsReferenced);
        run.Time.Advance((Hour / 2) + ExpiringCache.Tick);
        Assert.Null(run.Held(1));
        Positions.AssertNewest(run);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_tells_until_when_the_entry_may_be_served_now(JournalShape shape, EvictionPolicy policy)
    {
        using JournaledCache run = Create(shape, policy);
        run.Cache.Set(1, "a", new EntryOptions { ExpireAfterWrite = 3 * Hour, ExpireAfterAccess = Hour });
        run.Time.Advance(Hour / 2);
        run.Cache.TryGet(1, out _);

        // Within a tick, which the coarse clock does not see.
        run.Time.AdvanceAtOnce(ExpiringCache.Tick / 2);
        Assert.True(run.WriteDownAgain(1, 1));

        JournalEntry<int, string> written = run.Journal.Entries[1];
        Lifetime first = run.Journal.Entries[0].Lifetime;
        Assert.Equal(first.Deadline, written.Lifetime.Deadline);
        Assert.Equal(first.IdleLimit, written.Lifetime.IdleLimit);
        Assert.InRange(written.Lifetime.LastAccess - first.LastAccess, (Hour / 2).Ticks, ((Hour / 2) + ExpiringCache.Tick).Ticks);
        Assert.Equal(run.Cache.Now, written.Now);
        run.AssertSound();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Neither_value_nor_conditions_on_it_are_touched(JournalShape shape, EvictionPolicy policy)
    {
        using JournaledCache run = Create(shape, policy);
        run.Cache.Set(1, "a");
        CacheStatistics statistics = run.Cache.Statistics;

        int updates = 0;
        string updated = run.Cache.AddOrUpdate(1, "n", (_, old) =>
        {
            Assert.True(run.WriteDownAgain(1, 1) || updates > 0);
            updates++;
            return old + "u";
        });

        Assert.Equal(("au", 1), (updated, updates));
        Assert.True(run.WriteDownAgain(1, 3));
        Assert.True(run.Cache.TryUpdate(1, "b", "au"));
        Assert.True(run.Cache.TryRemove(KeyValuePair.Create(1, "b")));
        Assert.Equal(statistics.Evictions, run.Cache.Statistics.Evictions);
        Positions.AssertNewest(run);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_being_loaded_anew_is_written_again_until_the_load_ends(JournalShape shape, EvictionPolicy policy)
    {
        using JournaledCache run = Create(
            shape, policy, static options => options.Loading = new LoadOptions { EagerRefreshThreshold = 0.5 });
        run.Cache.Set(1, "a", ExpiringCache.For(Hour));
        run.Time.Advance(0.6 * Hour);

        bool isWritten = false;
        run.Cache.GetOrAdd(1, _ =>
        {
            isWritten = run.WriteDownAgain(1, 1);
            return "l";
        });
        run.AwaitLoads();

        Assert.True(isWritten);
        Assert.Equal(["put 1 = a", "put 1 = copy", "put 1 = l"], run.Journal.Lines);
        Assert.Equal("l", run.Held(1));
        Assert.False(run.WriteDownAgain(1, 2));
        Positions.AssertNewest(run);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_about_to_be_cleared_is_not_written_again(JournalShape shape, EvictionPolicy policy)
    {
        using JournaledCache run = Create(shape, policy);
        run.Cache.Set(1, "a");
        run.Journal.BeginClear(out _).Complete();

        run.WriteDownAgain(1, 1);

        Assert.Equal(["put 1 = a", "clear"], run.Journal.Lines);
        Assert.Empty(Positions.KnownTo(run));
        run.AssertSound();
    }

    [Theory]
    [InlineData(EvictionPolicy.Frecency)]
    [InlineData(EvictionPolicy.Lru)]
    [InlineData(EvictionPolicy.Fifo)]
    public void A_pinned_entry_is_written_again_like_any_other(EvictionPolicy policy)
    {
        using JournaledCache run = Create(JournalShape.Weighed, policy);
        run.Cache.Set(1, "");
        run.Cache.Set(2, "ten chars.");

        Assert.True(run.WriteDownAgain(1, 1));
        Assert.True(run.WriteDownAgain(2, 2));

        Assert.Equal((2, 10), (run.Cache.Count, run.Cache.Weight));
        Positions.AssertNewest(run);
    }

    [Fact]
    public void What_the_comparer_throws_passes_through()
    {
        var comparer = ScriptedComparer<int>.AllCollide();
        using var run = new JournaledCache(configure: options => options.Comparer = comparer);
        run.Cache.Set(1, "a");
        run.Cache.Set(2, "b");

        comparer.OnEquals = static _ => throw new InvalidDataException();
        Assert.Throws<InvalidDataException>(() => run.WriteDownAgain(1, 1));
        comparer.OnEquals = null;
        comparer.HashCodes = static _ => throw new InvalidDataException();
        Assert.Throws<InvalidDataException>(() => run.WriteDownAgain(1, 1));
        comparer.HashCodes = static _ => 7;

        Assert.Equal(["put 1 = a", "put 2 = b"], run.Journal.Lines);
        Positions.AssertNewest(run);
        Assert.True(run.WriteDownAgain(1, 1));
        CacheProbe.AssertWorks(run.Cache);
    }

    [Fact]
    public void A_record_whose_end_cannot_be_told_gets_no_place()
    {
        using var run = new JournaledCache(JournalShape.Expiring);
        run.Cache.Set(1, "a");
        run.Journal.OnCall = static call =>
        {
            if (call == JournalCall.SetLifetime)
            {
                throw new InvalidDataException();
            }
        };

        Assert.Throws<InvalidDataException>(() => run.WriteDownAgain(1, 1));

        run.Journal.OnCall = null;
        Positions.AssertNewest(run);
        Assert.True(run.WriteDownAgain(1, 1));
    }

    private static JournaledCache Create(
        JournalShape shape, EvictionPolicy policy, Action<CacheOptions<int, string>>? configure = null)
        => new(shape, options =>
        {
            options.Eviction = policy;
            configure?.Invoke(options);
        });
}
