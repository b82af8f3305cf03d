using System.Globalization;
using System.Text;
using Xunit;

namespace FastCache.Tests.Schedules.Search;

/// <summary>Searches the schedules of a scenario for one that breaks a promise, and shows it.</summary>
internal sealed class ScheduleSearch : IDisposable
{
    private const int MaxThreads = 4;
    private const int StepLimit = 20_000;
    private const int MaxReplays = 300;
    private const string CountVariable = "FASTCACHE_SCHEDULES";
    private const string SeedVariable = "FASTCACHE_SCHEDULE_SEED";
    private const string ReplayVariable = "FASTCACHE_SCHEDULE_REPLAY";

    private readonly Func<Scenario> _create;
    private readonly ScheduledThread[] _threads;
    private readonly SemaphoreSlim _isOver = new(0);
    private readonly HashSet<string> _distinct = [];
    private readonly StringBuilder _summary = new();
    private int _longest;
    private int _done;

    private ScheduleSearch(Func<Scenario> create)
    {
        _create = create;
        _threads = [.. Enumerable.Range(0, MaxThreads).Select(static number => new ScheduledThread(number))];
    }

    private static int Count => int.Parse(Environment.GetEnvironmentVariable(CountVariable) ?? "10000");

    private static int Seed => int.Parse(Environment.GetEnvironmentVariable(SeedVariable) ?? "1");

    /// <summary>
    /// Runs a scenario in so many schedules: first all with few preemptions, then by random priorities and at random, both with a memory that
    /// reorders what the accesses allow.
    /// </summary>
    /// <returns>What was done, in a line.</returns>
    /// <exception cref="Xunit.Sdk.XunitException">A schedule breaks a promise of the scenario.</exception>
    public static string Explore(Func<Scenario> create)
    {
        using var search = new ScheduleSearch(create);
        if (Environment.GetEnvironmentVariable(ReplayVariable) is { Length: > 0 } replay)
        {
            search.Replay([.. replay.Split(' ').Select(Decision.Parse)], hasWeakMemory: replay.Contains('~'));
            return "replayed";
        }

        int count = Count;
        var exhaustive = new ExhaustiveStrategy(count / 2, maxPreemptions: 3);
        search.Try(exhaustive, hasWeakMemory: false);
        search.Try(new PriorityStrategy(Seed, (count - search._done) * 3 / 4, search._longest), hasWeakMemory: true);
        search.Try(new RandomStrategy(Seed, count - search._done), hasWeakMemory: true);
        return $"{search._done} schedules, {search._distinct.Count} of them different, up to {search._longest} steps: {search._summary}seed {Seed}";
    }

    public void Dispose()
    {
        foreach (ScheduledThread thread in _threads)
        {
            thread.Dispose();
        }

        _isOver.Dispose();
    }

    private void Try(IStrategy strategy, bool hasWeakMemory)
    {
        int before = _done;
        while (strategy.TryBegin(_threads.Length))
        {
            (Schedule schedule, string? fault) = Run(strategy, hasWeakMemory, isTraced: false);
            _longest = Math.Max(_longest, schedule.Steps);
            _distinct.Add(string.Join(' ', schedule.Decisions));
            _done++;
            if (fault is not null)
            {
                Replay(Shrink(schedule.Decisions, hasWeakMemory), hasWeakMemory, strategy.Name);
                Assert.Fail($"{fault}\nThe schedule is not repeatable: {string.Join(' ', schedule.Decisions)}");
            }
        }

        string detail = strategy is ExhaustiveStrategy { CompletedBound: >= 0 } complete
            ? $" (all with up to {complete.CompletedBound} preemptions)"
            : hasWeakMemory ? " (weak memory)" : "";
        _summary.Append(System.Globalization.CultureInfo.InvariantCulture, $"{_done - before} {strategy.Name}{detail}, ");
    }

    private (Schedule Schedule, string? Fault) Run(IStrategy strategy, bool hasWeakMemory, bool isTraced)
    {
        Scenario scenario = _create();
        var schedule = new Schedule(_threads, _isOver, strategy, scenario.Invariant, StepLimit, isTraced);
        string? fault = schedule.Run(scenario.Threads, hasWeakMemory);
        scenario.BackgroundLoops = schedule.BackgroundLoops;
        fault ??= FaultOf(scenario.AssertAtEnd);
        string? whenDisposed = FaultOf(scenario.Dispose);
        return (schedule, fault ?? whenDisposed);
    }

    private static string? FaultOf(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception fault)
        {
            return fault.Message;
        }
    }

    /// <summary>Leaves out what is not needed for a failure.</summary>
    private List<Decision> Shrink(IReadOnlyList<Decision> decisions, bool hasWeakMemory)
    {
        List<Decision> kept = [.. decisions];
        int replays = 0;
        for (int index = kept.Count - 1; index >= 0 && replays < MaxReplays; index = Math.Min(index, kept.Count) - 1)
        {
            List<Decision> fewer = [.. kept];
            fewer.RemoveAt(index);
            replays++;
            (Schedule schedule, string? fault) = Run(Begun(fewer), hasWeakMemory, isTraced: false);
            if (fault is not null && schedule.Decisions.Count < kept.Count)
            {
                kept = [.. schedule.Decisions];
            }
        }

        return kept;
    }

    private void Replay(List<Decision> decisions, bool hasWeakMemory, string? strategy = null)
    {
        (Schedule schedule, string? fault) = Run(Begun(decisions), hasWeakMemory, isTraced: true);
        if (fault is not null)
        {
            Assert.Fail($"""
                {fault}
                Schedule {_done} ({strategy ?? "replay"}, seed {Seed}). Replay it with {ReplayVariable}="{string.Join(' ', decisions)}".
                {Table(schedule)}
                """);
        }
    }

    private static ReplayStrategy Begun(IReadOnlyList<Decision> decisions)
    {
        var replay = new ReplayStrategy(decisions);
        replay.TryBegin(MaxThreads);
        return replay;
    }

    /// <summary>A line a step, a column a thread.</summary>
    private static string Table(Schedule schedule)
    {
        const int ColumnWidth = 44;
        const int MaxLines = 400;
        int skipped = Math.Max(0, schedule.Trace.Count - MaxLines);
        var table = new StringBuilder();
        int step = skipped;
        foreach ((int thread, Access access) in schedule.Trace.Skip(skipped))
        {
            Decision[] here = [.. schedule.Decisions.Where(decision => decision.Step == step + 1)];
            table.Append($"{++step,5} ").Append(' ', thread * ColumnWidth).Append(access.ToString());
            foreach (Decision decision in here)
            {
                table.Append(decision.IsSwitch ? $"  -> thread {decision.Choice}" : $"  sees the store {decision.Choice} before the last");
            }

            table.AppendLine();
        }

        return table.ToString();
    }
}
