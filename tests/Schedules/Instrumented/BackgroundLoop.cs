namespace FastCache.Threading;

/// <summary>Starts nothing: a scenario that wants background work does it on a thread of its own.</summary>
internal static class BackgroundLoop
{
    public static Task Start(Func<Task> loop) => Task.CompletedTask;
}
