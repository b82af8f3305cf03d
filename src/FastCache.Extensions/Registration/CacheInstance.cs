using FastCache.Persistence;

namespace FastCache.Extensions.Registration;

/// <summary>A cache and the log under it, if it has one: opened once, by whoever needs it first, and closed once.</summary>
internal sealed class CacheInstance<TKey, TValue>(CacheOptions<TKey, TValue> options, CacheLogOptions<TKey, TValue>? logOptions) : ICacheInstance
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private Task<(Cache<TKey, TValue> Cache, CacheLog<TKey, TValue>? Log)>? _opening;
    private bool _isDisposed;

    public bool HasLog => logOptions is not null;

    // Blocks only if nobody has opened it, which in an application with a host is done before it serves.
    public Cache<TKey, TValue> Cache => Open().GetAwaiter().GetResult().Cache;

    public CacheLog<TKey, TValue>? Log => Open().GetAwaiter().GetResult().Log;

    public Task OpenAsync() => Open();

    public async ValueTask DisposeAsync()
    {
        Task<(Cache<TKey, TValue> Cache, CacheLog<TKey, TValue>? Log)>? opening;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            opening = _opening;
        }

        if (opening is null)
        {
            return;
        }

        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully)
        {
            (Cache<TKey, TValue> cache, CacheLog<TKey, TValue>? log) = await opening.ConfigureAwait(false);
            IAsyncDisposable owner = log is null ? cache : log;
            await owner.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Task<(Cache<TKey, TValue> Cache, CacheLog<TKey, TValue>? Log)> Open()
    {
        lock (_gate)
        {
            // A failure is not kept: the directory may be free the next time. After the end there is no next time.
            return _opening is { IsFaulted: false } || (_isDisposed && _opening is not null) ? _opening
                : _isDisposed ? throw new ObjectDisposedException(nameof(IFastCacheProvider))
                : _opening = OpenCoreAsync();
        }
    }

    private async Task<(Cache<TKey, TValue> Cache, CacheLog<TKey, TValue>? Log)> OpenCoreAsync()
    {
        if (logOptions is null)
        {
            return (new Cache<TKey, TValue>(options), null);
        }

        CacheLog<TKey, TValue> log = await CacheLog.OpenAsync(options, logOptions).ConfigureAwait(false);
        return (log.Cache, log);
    }
}
