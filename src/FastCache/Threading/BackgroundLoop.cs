namespace FastCache.Threading;

/// <summary>Starts the loops that work for a cache in the background.</summary>
internal static class BackgroundLoop
{
    /// <summary>Starts a loop on the thread pool, on nobody's behalf: not in the context of the caller that happens to be the first.</summary>
    public static Task Start(Func<Task> loop) => UnflowedContext.Call(Task.Run, loop);
}
