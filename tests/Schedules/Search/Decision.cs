using System.Globalization;
namespace FastCache.Tests.Schedules.Search;

/// <summary>A departure from the ordinary course: at a step, another thread goes on, or a load gets something older than the newest.</summary>
/// <param name="Step">The number of the step, over all threads.</param>
/// <param name="IsSwitch">Whether a thread was chosen; else the age of what a load gets.</param>
/// <param name="Choice">Which thread, or how many stores ago.</param>
internal readonly record struct Decision(int Step, bool IsSwitch, int Choice)
{
    public override string ToString() => $"{Step}{(IsSwitch ? '>' : '~')}{Choice}";

    public static Decision Parse(string text)
    {
        int at = text.IndexOfAny(['>', '~']);
        return new Decision(int.Parse(text.AsSpan(0, at)), text[at] == '>', int.Parse(text.AsSpan(at + 1)));
    }
}
