using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>Every operation in every situation, in caches of every shape.</summary>
public sealed class JournalCaseTests
{
    public static TheoryData<string, JournalShape> All => JournalCases.All;

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(All))]
    public Task What_is_written_down_is_what_has_happened(string name, JournalShape shape)
        => AssertWritten(name, shape, static _ => { });

    // Another thread takes every turn: if this one held one, it would wait for itself.
    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(All))]
    public Task What_may_call_user_code_is_called_outside_turns(string name, JournalShape shape)
        => AssertWritten(
            name,
            shape,
            static run => run.Journal.OnCall
                = _ => Task.Run(() => run.Cache.LoadWaiters).Wait(TestContext.Current.CancellationToken));

    private static async Task AssertWritten(string name, JournalShape shape, Action<JournaledCache> prepare)
    {
        await Wait.LeaveRunner();
        JournalCase each = JournalCases.Named(name);
        using JournaledCache run = JournalCases.Begin(name, shape);

        prepare(run);
        each.Do(run);
        run.AwaitLoads();

        Assert.Equal(each.Written, run.Journal.Lines);
        Assert.True(!each.IsLoad || run.Journal.Calls(JournalCall.Complete) == 0, "nobody waits for what was loaded to be durable");
        run.AssertSound();
    }
}
