using FastCache.Notifications;

namespace FastCache;

public sealed partial class Cache<TKey, TValue>
{
    // Null if nobody wants to know what leaves the cache.
    private readonly NotificationActor<TKey, TValue>? _notifications;

    /// <summary>How often the removal listener, or the disposal of a scoped value, has failed.</summary>
    internal long ListenerFailures => _notifications?.Failures ?? 0;
}
