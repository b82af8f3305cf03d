using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>Every operation in every situation, in caches of every shape.</summary>
public sealed class JournalCaseTests
{
    private static readonly Dictionary<string, JournalCase> Cases
        = WriteCases.All.Concat(RemoveCases.All).Concat(ExpiryCases.All).Concat(LoadCases.All).Concat(SilentCases.All)
            .ToDictionary(static each => each.Name);

    public static TheoryData<string, JournalShape> All
        => [.. from name in Cases.Keys from shape in Enum.GetValues<JournalShape>() select (name, shape)];

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(All))]
    public async Task What_is_written_down_is_what_has_happened(string name, JournalShape shape)
    {
        await Wait.LeaveRunner();
        JournalCase each = Cases[name];
        using JournaledCache run = Begin(each, shape);

        each.Do(run);
        run.AwaitLoads();

        Assert.Equal(each.Written, run.Journal.Lines);
        Assert.True(!each.IsLoad || run.Journal.Calls(JournalCall.Complete) == 0, "nobody waits for what was loaded to be durable");
        run.AssertSound();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(All))]
    public async Task What_may_call_user_code_is_called_outside_turns(string name, JournalShape shape)
    {
        await Wait.LeaveRunner();
        JournalCase each = Cases[name];
        using JournaledCache run = Begin(each, shape);

        // Another thread takes every turn: if this one held one, it would wait for itself.
        run.Journal.OnCall = _ => Task.Run(() => run.Cache.LoadWaiters).Wait(TestContext.Current.CancellationToken);
        each.Do(run);
        run.AwaitLoads();

        Assert.Equal(each.Written, run.Journal.Lines);
        run.AssertSound();
    }

    private static JournaledCache Begin(JournalCase each, JournalShape shape)
    {
        var run = new JournaledCache(shape, each.Configure);
        each.Given?.Invoke(run);
        run.AwaitLoads();
        run.Journal.StartOver();
        return run;
    }
}
