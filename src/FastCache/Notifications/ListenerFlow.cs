namespace FastCache.Notifications;

/// <summary>Knows whether a thread is running a listener, of whatever cache.</summary>
/// <remarks>
/// Such a thread never waits for a listener: not for its own, which would wait for itself, nor for another cache's, which may be
/// waiting for this one.
/// </remarks>
internal static class ListenerFlow
{
    [ThreadStatic]
    private static bool IsRunning;

    /// <summary>Whether this thread is inside a listener.</summary>
    public static bool IsCurrent => IsRunning;

    public static void Enter() => IsRunning = true;

    public static void Leave() => IsRunning = false;
}
