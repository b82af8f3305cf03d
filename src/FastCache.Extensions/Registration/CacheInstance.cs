using FastCache.Extensions.Health;
using FastCache.Persistence;

namespace FastCache.Extensions.Registration;

/// <summary>A cache and the log under it, if it has one: opened once, by whoever needs it first, and closed once.</summary>
internal sealed class CacheInstance<TKey, TValue> : ICacheInstance
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly CacheLabel _label;
    private readonly CacheSurroundings _surroundings;
    private readonly CacheOptions<TKey, TValue> _options;
    private readonly CacheLogOptions<TKey, TValue>? _logOptions;
    private readonly LogReporter? _reporter;
    private Task<(Cache<TKey, TValue> Cache, CacheLog<TKey, TValue>? Log)>? _opening;
    private Task _reporting = Task.CompletedTask;
    private bool _isDisposed;

    /// <param name="label">What it is called.</param>
    /// <param name="surroundings">What it runs in.</param>
    /// <param name="options">What it is to be like.</param>
    /// <param name="logOptions">How it is logged; null: not at all.</param>
    public CacheInstance(
        CacheLabel label, CacheSurroundings surroundings, CacheOptions<TKey, TValue> options, CacheLogOptions<TKey, TValue>? logOptions)
    {
        _label = label;
        _surroundings = surroundings;
        _options = options;
        _logOptions = logOptions;
        if (logOptions is not null)
        {
            _reporter = new LogReporter(label, logOptions.Directory, surroundings.LoggerFor(LogEvents.Category));
            logOptions.Listener = Both(_reporter.Hear, logOptions.Listener);
        }
    }

    public bool HasLog => _logOptions is not null;

    public CacheFigures? Figures
    {
        get
        {
            Task<(Cache<TKey, TValue> Cache, CacheLog<TKey, TValue>? Log)>? opening;
            lock (_gate)
            {
                opening = _opening;
            }

            if (opening is not { IsCompletedSuccessfully: true })
            {
                return null;
            }

            (Cache<TKey, TValue> cache, CacheLog<TKey, TValue>? log) = opening.GetAwaiter().GetResult();
            return new CacheFigures(this, _label, cache.Statistics, log is null ? null : FiguresOf(log));
        }
    }

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
            if (log is null)
            {
                await cache.DisposeAsync().ConfigureAwait(false);
                return;
            }

            await log.DisposeAsync().ConfigureAwait(false);
            await _reporting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _reporter!.Close(log.Statistics);
        }
    }

    /// <summary>The second is called whatever the first throws.</summary>
    private static Action<CacheLogEvent> Both(Action<CacheLogEvent> own, Action<CacheLogEvent>? application)
        => application is null ? own : news =>
        {
            try
            {
                own(news);
            }
            finally
            {
                application(news);
            }
        };

    private LogFigures FiguresOf(CacheLog<TKey, TValue> log)
        => new(_logOptions!.Directory, _logOptions.MaxLogSize, log.Statistics, log.Restored.Exception?.GetBaseException());

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
        CacheLog<TKey, TValue>? log = _logOptions is null ? null : await CacheLog.OpenAsync(_options, _logOptions).ConfigureAwait(false);
        Cache<TKey, TValue> cache = log?.Cache ?? new Cache<TKey, TValue>(_options);
        _surroundings.LogMade(_label, _options.WeightLimit ?? _options.Capacity, isOfEntries: _options.WeightLimit is null);
        if (log is not null)
        {
            _reporting = _reporter!.ReportAsync(log.Restored);
        }

        return (cache, log);
    }
}
