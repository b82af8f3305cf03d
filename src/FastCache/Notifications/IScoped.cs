namespace FastCache.Notifications;

/// <summary>A value with an end of its own, which the cache brings about: <see cref="Scoped{T}"/> without its type argument.</summary>
internal interface IScoped
{
    /// <summary>Whether it is or was in a cache.</summary>
    bool IsHeld { get; }

    /// <summary>Notes that it is in a cache. Inside a turn.</summary>
    void Hold();

    /// <summary>Gives back the cache's reference; more than once does no harm. May run user code.</summary>
    void Release();
}
