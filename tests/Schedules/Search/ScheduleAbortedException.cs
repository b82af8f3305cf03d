namespace FastCache.Tests.Schedules.Search;

/// <summary>Ends a thread of a schedule that cannot go on.</summary>
public sealed class ScheduleAbortedException : Exception
{
    public ScheduleAbortedException()
        : base("The schedule was given up.")
    {
    }
}
