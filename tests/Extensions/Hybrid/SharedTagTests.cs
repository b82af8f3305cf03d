using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Hybrid;
using Xunit;

namespace FastCache.Tests.Extensions.Hybrid;

/// <summary>Removals by tag as another process sees them.</summary>
public sealed class SharedTagTests : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Moment = TimeSpan.FromTicks(1);
    private static readonly HybridCacheEntryOptions LocalOnly = new() { Flags = HybridCacheEntryFlags.DisableDistributedCache };

    private readonly TestHybridCache _one;
    private readonly TestHybridCache _other;
    private readonly ScriptedSecondLevel _second;

    public SharedTagTests() => (_one, _other, _second) = TestHybridCache.Pair();

    public static TheoryData<string> Tags => ["red", "*"];

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public async Task What_the_second_level_has_from_before_is_absent_for_who_has_not_asked_yet(string tag)
    {
        await _one.GetAsync("key", "old", null, "red", "blue");
        await _one.Cache.RemoveByTagAsync(tag);

        Assert.Equal("new", await _other.GetAsync("key", "new", null, "red"));
        await _one.ForgetLocalAsync("key");
        Assert.Equal("new", await _one.FindAsync<string>("key"));
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public async Task A_local_copy_is_absent_when_the_interval_is_over_at_the_latest(string tag)
    {
        await _one.GetAsync("key", "old", null, "red");
        Assert.Equal("old", await _other.FindAsync<string>("key"));

        await _one.Cache.RemoveByTagAsync(tag);
        Assert.Equal("old", await _other.FindAsync<string>("key"));
        Assert.Equal("new", await _one.GetAsync("key", "new", null, "red"));
        _other.Pass(Interval + Moment);

        Assert.Equal("new", await _other.FindAsync<string>("key"));
        _other.AssertAtRest();
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public async Task Who_uses_a_tag_asks_for_it_in_the_background_and_does_not_wait(string tag)
    {
        await _one.GetAsync("key", "old", null, "red");
        Assert.Equal("old", await _other.FindAsync<string>("key"));
        await _one.Cache.RemoveByTagAsync(tag);
        _other.Pass((Interval / 2) + Moment);

        // The fake answers at once, so the first hit knows at the second.
        Assert.Equal("old", await _other.FindAsync<string>("key"));
        Assert.Equal("new", await _other.GetAsync("key", "new", null, "red"));
    }

    [Fact]
    public async Task Other_tags_of_another_process_do_not_matter()
    {
        await _one.GetAsync("key", "old", null, "red");
        await _other.FindAsync<string>("key");

        await _one.Cache.RemoveByTagAsync(["green", "blue"]);
        _other.Pass(2 * Interval);

        Assert.Equal("old", await _other.FindAsync<string>("key"));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_another_process_began_to_make_before_is_absent_for_all()
    {
        var source = new TaskCompletionSource<string>();
        Task<string> made = _other.Cache.GetOrCreateAsync(
            "key", source, static (source, _) => new ValueTask<string>(source.Task), tags: ["red"]).AsTask();
        _one.Pass(Moment);
        await _one.Cache.RemoveByTagAsync("red");
        source.SetResult("old");
        Assert.Equal("old", await made);

        Assert.Equal("new", await _one.GetAsync("key", "new", LocalWriteOff, "red"));
        _other.Pass(Interval + Moment);
        Assert.Equal("new", await _other.GetAsync("key", "new", null, "red"));
    }

    private static HybridCacheEntryOptions LocalWriteOff => new() { Flags = HybridCacheEntryFlags.DisableLocalCacheWrite };

    [Fact]
    public async Task What_is_made_in_the_same_tick_after_a_removal_is_there()
    {
        for (int i = 0; i < 5; i++)
        {
            await _one.Cache.RemoveByTagAsync("red");
            await _one.Cache.RemoveByTagAsync("*");
            await _one.Cache.SetAsync("key", i, tags: ["red"]);

            Assert.Equal(i, await _one.FindAsync<int>("key"));
            await using var third = new TestHybridCache(_second, _one.Time);
            Assert.Equal(i, await third.FindAsync<int>("key"));
        }
    }

    [Fact]
    public async Task A_clock_that_goes_back_does_not_save_what_was_made_before()
    {
        await _one.GetAsync("key", "old", null, "red");
        _one.Time.JumpBack(TimeSpan.FromMinutes(1));

        await _one.Cache.RemoveByTagAsync("red");

        await using var third = new TestHybridCache(_second, _one.Time);
        Assert.Equal("new", await third.GetAsync("key", "new", null, "red"));
        Assert.Equal("new", await third.FindAsync<string>("key"));
    }

    [Fact]
    public async Task A_process_whose_clock_is_behind_makes_entries_that_count_once_it_knows_of_the_removal()
    {
        var late = new ManualTimeProvider();
        late.JumpBack(TimeSpan.FromHours(1));
        await _one.Cache.RemoveByTagAsync("red");
        await using var behind = new TestHybridCache(_second, late);
        await behind.GetAsync("other", 1, null, "red");

        await behind.Cache.SetAsync("key", "new", tags: ["red"]);

        Assert.Equal("new", await behind.FindAsync<string>("key"));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_factory_begins_when_it_is_known_what_its_value_has_to_be_newer_than()
    {
        var late = new ManualTimeProvider();
        late.JumpBack(TimeSpan.FromHours(1));
        await _one.Cache.RemoveByTagAsync("red");
        await using var behind = new TestHybridCache(_second, late);
        var answer = new TaskCompletionSource();
        _second.OnRead = (key, _) => ScriptedSecondLevel.IsTag(key) ? answer.Task : Task.CompletedTask;

        Task<int> made = behind.GetAsync("key", 1, null, "red").AsTask();
        Assert.False(made.IsCompleted);
        answer.SetResult();

        Assert.Equal(1, await made);
        Assert.Equal(1, await behind.FindAsync<int>("key"));
    }

    [Fact]
    public async Task A_process_that_cannot_ask_goes_on_with_what_it_knows_and_trusts_nothing_that_it_does_not()
    {
        await _one.GetAsync("key", "here", null, "red");
        await _one.GetAsync("there", "there", null, "blue");
        _second.OnRead = static (key, _) => ScriptedSecondLevel.IsTag(key) ? throw new IOException() : Task.CompletedTask;
        _one.Pass(3 * Interval);

        Assert.Equal("here", await _one.FindAsync<string>("key"));
        Assert.Equal("made", await _other.GetAsync("there", "made"));
        Assert.Contains(2303, _one.Logged);
    }

    [Fact]
    public async Task A_damaged_moment_is_not_believed()
    {
        await _one.GetAsync("key", "value", null, "red");
        _second["__FastCache:tag:red"] = [1, 2, 3];

        Assert.Equal("made", await _other.GetAsync("key", "made"));
        Assert.Equal(1, _other.Cache.SecondLevelStatistics.RejectedPayloads);
    }

    [Fact]
    public async Task A_moment_far_in_the_future_is_not_believed()
    {
        var ahead = new ManualTimeProvider();
        ahead.Advance(TimeSpan.FromDays(2));
        await using (var wrong = new TestHybridCache(_second, ahead))
        {
            await wrong.Cache.RemoveByTagAsync("red");
            await wrong.Cache.SetAsync("key", "value");
        }

        Assert.Equal("made", await _one.GetAsync("key", "made", LocalOnly, "red"));
        Assert.Equal("made", await _other.GetAsync("key", "made"));
        Assert.Equal("found", await _other.GetAsync("key2", "found", null, "red"));
        Assert.Equal("found", await _other.FindAsync<string>("key2"));
    }

    [Fact]
    public async Task A_removal_that_cannot_be_told_fails_and_counts_here()
    {
        await _one.GetAsync("key", "old", null, "red");
        await _one.GetAsync("key2", "old");
        var fault = new IOException();
        _second.OnWrite = (_, _) => throw fault;

        Assert.Same(fault, await Assert.ThrowsAsync<IOException>(async () => await _one.Cache.RemoveByTagAsync("red")));
        Assert.Same(fault, await Assert.ThrowsAsync<IOException>(async () => await _one.Cache.RemoveByTagAsync(["red", "*"])));

        Assert.Equal(("new", "new"), (await _one.GetAsync("key", "new"), await _one.GetAsync("key2", "new")));
        _one.AssertAtRest();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Who_asks_when_the_interval_is_over_does_not_get_what_was_begun_before()
    {
        var source = new TaskCompletionSource<string>();
        Task<string> early = _other.Cache.GetOrCreateAsync(
            "key", source, static (source, _) => new ValueTask<string>(source.Task), tags: ["red"]).AsTask();
        _one.Pass(Moment);
        await _one.Cache.RemoveByTagAsync("red");
        _other.Pass(Interval + Moment);

        Task<string> late = _other.GetAsync("key", "new", null, "red").AsTask();
        source.SetResult("old");

        Assert.Equal(("old", "new"), (await early, await late));
        Assert.Equal("new", await _other.FindAsync<string>("key"));
    }

    [Fact]
    public async Task What_was_not_told_is_known_here_also_after_asking_again()
    {
        await _one.GetAsync("key", "old", null, "red");
        _second.OnWrite = static (_, _) => throw new IOException();
        await Assert.ThrowsAsync<IOException>(async () => await _one.Cache.RemoveByTagAsync("red"));
        _one.Pass(Interval + Moment);

        Assert.Equal("new", await _one.GetAsync("key", "new", null, "red"));
        Assert.Equal("new", await _one.FindAsync<string>("key"));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Callers_who_find_an_outdated_copy_share_one_factory()
    {
        await _other.GetAsync("key", "old", null, "red");
        await _one.Cache.RemoveByTagAsync("red");
        _other.Pass(Interval + Moment);
        var source = new TaskCompletionSource<string>();
        int runs = 0;

        Task<string>[] callers = [.. Enumerable.Range(0, 10).Select(_ => _other.Cache.GetOrCreateAsync(
            "key",
            _ =>
            {
                Interlocked.Increment(ref runs);
                return new ValueTask<string>(source.Task);
            },
            tags: ["red"]).AsTask())];
        source.SetResult("new");

        Assert.All(await Task.WhenAll(callers), static value => Assert.Equal("new", value));
        Assert.Equal(1, runs);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_removal_that_hangs_can_be_left_and_counts_here()
    {
        await _one.GetAsync("key", "old", null, "red");
        var never = new TaskCompletionSource();
        _second.OnWrite = (_, _) => never.Task;
        using var impatient = new CancellationTokenSource();

        Task removal = _one.Cache.RemoveByTagAsync("red", impatient.Token).AsTask();
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => removal);
        Assert.Equal("new", await _one.GetAsync("key", "new", LocalOnly));
        never.SetResult();
        Wait.Until(() => _one.Pool.Rented == 0);
    }

    [Fact]
    public async Task Tags_that_only_the_payload_has_count()
    {
        await _one.GetAsync("key", "old", null, "red");
        Assert.Equal("old", await _other.GetAsync("key", "made", null, "green"));

        await _other.Cache.RemoveByTagAsync("green");
        Assert.Equal("old", await _other.FindAsync<string>("key"));
        await _other.Cache.RemoveByTagAsync("red");

        Assert.Equal("new", await _other.GetAsync("key", "new"));
    }
}
