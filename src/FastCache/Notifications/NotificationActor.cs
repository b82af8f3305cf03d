using System.Threading.Channels;
using FastCache.Diagnostics;
using FastCache.Threading;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastCache.Notifications;

/// <summary>Tells the application what has left the cache: one event after the other, off every lock.</summary>
/// <remarks>
/// <para>Its outbox is an unbounded channel that is written inside the shard's turn, so the events of a key are in the order of
/// what happened to it. Writers that are far ahead of the listener wait for it after their turn.</para>
/// <para>As with maintenance, a suspended loop is referred to by its channel only, and the actor knows nothing of the cache but
/// what has left it: it keeps no forgotten cache alive.</para>
/// </remarks>
internal sealed class NotificationActor<TKey, TValue>
    where TKey : notnull
{
    /// <summary>With more undelivered events than this, writers wait until half of them have been delivered.</summary>
    public const int Limit = 65_536;

    private readonly Channel<Removal<TKey, TValue>> _outbox = Channel.CreateUnbounded<Removal<TKey, TValue>>(
        new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = false });

    private readonly RemovalListener<TKey, TValue>? _listener;
    private readonly Func<TValue, bool>? _filter;
    private readonly bool _ownsValues;
    private readonly ILogger _logger;
    private readonly bool _logsKeys;
    private readonly Backlog _backlog = new(Limit);
    private readonly Lock _starting = new();
    private Task? _loop;
    private long _failures;

    private NotificationActor(CacheOptions<TKey, TValue> options, bool ownsValues)
    {
        _listener = options.RemovalListener;
        _filter = options.RemovalFilter;
        _ownsValues = ownsValues;
        _logsKeys = options.LogKeys;
        _logger = options.LoggerFactory?.CreateLogger(NotificationLog.Category) ?? NullLogger.Instance;
    }

    /// <summary>Exceptions that the listener, or the disposal of a scoped value, has thrown; and events that memory was too short for.</summary>
    public long Failures => SharedMemory.ReadAcquire(ref _failures);

    /// <summary>An actor for a cache with these options; null if it would have nothing to do.</summary>
    public static NotificationActor<TKey, TValue>? For(CacheOptions<TKey, TValue> options)
    {
        bool ownsValues = typeof(IScoped).IsAssignableFrom(typeof(TValue));
        return options.RemovalListener is null && !ownsValues
            ? null
            : new NotificationActor<TKey, TValue>(options, ownsValues);
    }

    /// <summary>Says that a value has left the cache. Inside the turn in which it has; runs no user code.</summary>
    public void Post(TKey key, TValue value, RemovalCause cause)
    {
        // Nobody who is not listened to takes a place in the outbox: most values of a cache may be such ones.
        if (_ownsValues || _filter is not { } isOfInterest || isOfInterest(value))
        {
            TryPost(new Removal<TKey, TValue>(key, value, cause));
        }
    }

    /// <summary>Releases a value that a write has brought and the cache does not keep. Outside any turn.</summary>
    public void Discard(TValue value)
    {
        if (_ownsValues
            && value is IScoped { IsHeld: false } scoped
            && !TryPost(new Removal<TKey, TValue>(default, value, Cause: null)))
        {
            // The cache has been disposed, and the loop has ended.
            scoped.Release();
        }
    }

    /// <summary>The same, unless the application has brought it again.</summary>
    public void DiscardUnless(TValue value, TValue kept)
    {
        if (_ownsValues && !ReferenceEquals(value, kept))
        {
            Discard(value);
        }
    }

    /// <summary>Notes that a value is in the cache. Inside a turn.</summary>
    public void Hold(TValue value)
    {
        if (_ownsValues)
        {
            (value as IScoped)?.Hold();
        }
    }

    /// <summary>Refuses a value that a cache has disposed, or will.</summary>
    /// <exception cref="InvalidOperationException">It is or was in a cache.</exception>
    public void ThrowIfHeld(TValue value)
    {
        if (_ownsValues && value is IScoped { IsHeld: true })
        {
            throw new InvalidOperationException("A scoped value can be put into one cache, once.");
        }
    }

    /// <summary>Waits if the listener is far behind, but for a listener. Outside any turn.</summary>
    public void AwaitRoom() => _backlog.AwaitRoom();

    /// <summary>Ends the loop when everything has been delivered. After the last event.</summary>
    public void Complete() => _outbox.Writer.TryComplete();

    /// <summary>The same, and waits for that, but for a listener, which would wait for itself.</summary>
    public Task CompleteAsync(bool isListener)
    {
        Complete();
        return isListener ? Task.CompletedTask : SharedMemory.ReadAcquire(ref _loop!) ?? Task.CompletedTask;
    }

    private bool TryPost(in Removal<TKey, TValue> removal)
    {
        _backlog.Add();
        try
        {
            if (_outbox.Writer.TryWrite(removal))
            {
                EnsureRunning();
                return true;
            }

            _backlog.Remove();
            return false;
        }
        catch (OutOfMemoryException)
        {
            // What has happened has happened: the turn goes on, or the shard would contradict itself.
            _backlog.Remove();
            SharedMemory.Increment(ref _failures);
            return true;
        }
    }

    private void EnsureRunning()
    {
        if (SharedMemory.ReadAcquire(ref _loop!) is not null)
        {
            return;
        }

        lock (_starting)
        {
            if (_loop is null)
            {
                SharedMemory.WriteRelease(ref _loop!, BackgroundLoop.Start(RunAsync));
            }
        }
    }

    private async Task RunAsync()
    {
        while (await _outbox.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            DeliverAll();
        }
    }

    // Not in the loop itself, whose state would keep alive the last value while it waits for the next.
    private void DeliverAll()
    {
        ListenerFlow.Enter();
        try
        {
            while (_outbox.Reader.TryRead(out Removal<TKey, TValue> removal))
            {
                Deliver(removal);
                _backlog.Remove();
            }
        }
        finally
        {
            ListenerFlow.Leave();
        }
    }

#pragma warning disable CA1031 // Whatever the application throws here has nobody else to go to.
    private void Deliver(in Removal<TKey, TValue> removal)
    {
        if (_listener is not null && removal.Cause is { } cause)
        {
            try
            {
                _listener(removal.Key!, removal.Value, cause);
            }
            catch (Exception exception)
            {
                CountFailure(exception, removal.Key, cause);
            }
        }

        if (_ownsValues && removal.Value is IScoped scoped)
        {
            try
            {
                scoped.Release();
            }
            catch (Exception exception)
            {
                CountFailure(exception, removal.Key, cause: null);
            }
        }
    }

    private void CountFailure(Exception exception, TKey? key, RemovalCause? cause)
    {
        long failures = SharedMemory.Increment(ref _failures);
        try
        {
            object? logged = LoggedKey.Of(key, _logsKeys);
            if (cause is { } known)
            {
                NotificationLog.ListenerFailed(_logger, exception, logged, known, failures);
            }
            else
            {
                NotificationLog.DisposalFailed(_logger, exception, logged, failures);
            }
        }
        catch (Exception)
        {
            // A log that fails has been told as much as can be done.
        }
    }
#pragma warning restore CA1031
}
