using FastCache.Tests.Schedules.Search;

namespace FastCache.Threading;

/// <summary>Leaves the loops to the scenario: beside a schedule nothing may run.</summary>
internal static class BackgroundLoop
{
    public static Task Start(Func<Task> loop)
    {
        ScheduledThread.Current?.Begin(loop);
        return Task.CompletedTask;
    }
}
