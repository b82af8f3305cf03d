using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>A journal serializes keys and values by user code: that may throw, and use the cache that calls it.</summary>
public sealed class JournalUserCodeTests
{
    public static TheoryData<string, JournalShape> All => JournalCases.Telling;

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(All))]
    public Task A_write_that_cannot_be_described_has_not_happened(string name, JournalShape shape)
        => AssertUndone(name, shape, JournalCall.Describe);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(All))]
    public Task A_write_whose_end_cannot_be_told_has_not_happened(string name, JournalShape shape)
        => AssertUndone(name, shape, JournalCall.SetLifetime);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(All))]
    public async Task What_user_code_does_meanwhile_is_written_down_in_its_place(string name, JournalShape shape)
    {
        await Wait.LeaveRunner();
        using JournaledCache run = JournalCases.Begin(name, shape, forgets: false);
        run.Journal.OnCall = call =>
        {
            if (call == JournalCall.Describe)
            {
                run.Journal.OnCall = null;
                run.Cache.TryRemove(2);
                run.Cache.Set(1, "meanwhile");
            }
        };

        JournalCases.Named(name).Do(run);
        run.AwaitLoads();

        // Of what was evicted or has expired the journal knows more than the cache.
        Dictionary<int, string> replayed = run.Journal.Replay();
        Assert.All(run.Cache, entry => Assert.Equal(entry.Value, replayed[entry.Key]));
        Assert.True(run.Cache.Count == replayed.Count || Happened.In(run.Cache) != default, "what is written down is not there");
        run.AssertSound();
    }

    private static async Task AssertUndone(string name, JournalShape shape, JournalCall failing)
    {
        await Wait.LeaveRunner();
        JournalCase each = JournalCases.Named(name);
        using JournaledCache run = JournalCases.Begin(name, shape);
        Dictionary<int, string> before = new(run.Cache);
        run.Journal.OnCall = call =>
        {
            if (call == failing)
            {
                throw new InvalidDataException("That cannot be serialized.");
            }
        };

        Exception? fault = Record.Exception(() => each.Do(run));
        run.AwaitLoads();

        Assert.True(fault is null or InvalidDataException, $"{fault}");
        if (run.Journal.Calls(failing) > 0 && !each.Written.Contains("clear"))
        {
            // A removal has no end, and may have come before.
            Assert.DoesNotContain(run.Journal.Lines, line => failing == JournalCall.Describe || line.StartsWith("put", StringComparison.Ordinal));
            Assert.Equal(before, new Dictionary<int, string>(run.Cache));
        }

        run.AssertSound();
        run.Journal.OnCall = null;
        run.Journal.StartOver();
        run.Cache.Set(9, "x");
        run.Cache.TryRemove(9);
        Assert.Equal(["put 9 = x", "remove 9"], run.Journal.Lines);
        run.AssertSound();
    }
}
