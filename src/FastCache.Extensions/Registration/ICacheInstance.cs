using FastCache.Extensions.Health;

namespace FastCache.Extensions.Registration;

/// <summary>A cache of some types that a <see cref="FastCacheProvider"/> owns.</summary>
internal interface ICacheInstance : IAsyncDisposable
{
    /// <summary>Whether there is a log under it.</summary>
    bool HasLog { get; }

    /// <summary>How it is now; null if it has not been made yet.</summary>
    CacheFigures? Figures { get; }

    /// <summary>Makes the cache, and opens its log if it has one. Again after that, does nothing.</summary>
    Task OpenAsync();
}
