using System.Text;

namespace FastCache.Tests.Properties.Linearizability;

/// <summary>Prints a history: time goes down, each thread has a column.</summary>
internal static class HistoryTable
{
    public static string Print(History history)
    {
        int[] threads = [.. Enumerable.Range(0, history.Threads.Count).Where(thread => history.Threads[thread].Count > 0)];
        (long Moment, int Thread, string Text)[] events
            = [.. history.Calls.SelectMany(EventsOf).OrderBy(happened => happened.Moment)];
        int[] widths = [.. threads.Select(thread => events
            .Where(happened => happened.Thread == thread).Select(happened => happened.Text.Length).Append(TitleOf(history, thread).Length).Max())];
        var table = new StringBuilder();
        AppendRow(table, widths, column => TitleOf(history, threads[column]));
        AppendRow(table, widths, column => new string('-', widths[column]));
        foreach ((_, int thread, string text) in events)
        {
            AppendRow(table, widths, column => threads[column] == thread ? text : "");
        }

        return table.ToString();
    }

    private static void AppendRow(StringBuilder table, int[] widths, Func<int, string> textOf)
        => table.AppendLine(string.Join(" | ", widths.Select((width, column) => textOf(column).PadRight(width))).TrimEnd());

    // The last thread is the one that is there before and after the others.
    private static string TitleOf(History history, int thread)
        => thread == history.Threads.Count - 1 ? "before and after" : $"thread {thread}";

    private static IEnumerable<(long Moment, int Thread, string Text)> EventsOf(Call call)
    {
        string text = $"{call.Operation}".Replace($"seen[{call.Operation.Key}]", $"{call.Compared}", StringComparison.Ordinal);
        (long, int, string) At(long moment, string what) => (moment, call.Thread, what);
        if (call.Responded == call.Invoked + 1)
        {
            // Nothing happened meanwhile.
            yield return At(call.Invoked, $"{text} {AnswerOf(call)}");
            yield break;
        }

        yield return At(call.Invoked, text);
        foreach (FactoryRun run in call.FactoryRuns)
        {
            yield return At(run.Started, $"  factory of {run.Key} runs");
            if (run.Ended != Call.Never)
            {
                yield return At(run.Ended, $"  factory of {run.Key} has run");
            }
        }

        yield return call.Responded == Call.Never
            ? At(Call.Never, "  (not ended)")
            : At(call.Responded, $"  {AnswerOf(call)}");
    }

    private static string AnswerOf(Call call)
    {
        string from = call.UpdatedFrom == 0 ? "" : $", updated from {call.UpdatedFrom}";
        string given = call.Given.Count == 0 ? "" : $": {string.Join(", ", call.Given.Select(entry => $"{entry.Key} is {entry.Value}"))}";
        return $"-> {call.Answer}{from}{given}";
    }
}
