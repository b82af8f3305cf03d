using System.Threading.Channels;
using FastCache.Expiration;
using FastCache.Threading;

namespace FastCache.Sharding;

/// <summary>Does in the background what no caller should wait for: one at a time, for one shard after another.</summary>
/// <remarks>
/// Its mailbox is a bounded channel of shard numbers with one place and one flag a shard, so it is never full. Nothing
/// refers to the actor but the shards of its cache, and a suspended loop is referred to by its channel only: a cache
/// that the application forgets is collected together with its actor.
/// </remarks>
internal sealed class MaintenanceActor : ITickListener, IAsyncDisposable
{
    private const int Idle = 0;
    private const int Posted = 1;

    private readonly Channel<int> _mail;
    private readonly int[] _posted;
    private readonly Lazy<Task> _loop;
    private IMaintained[] _shards = [];
    private int _isStopping;

    public MaintenanceActor(int shards)
    {
        _posted = new int[shards];
        _mail = Channel.CreateBounded<int>(new BoundedChannelOptions(shards)
        {
            SingleReader = true,
            AllowSynchronousContinuations = false,
        });
        _loop = new Lazy<Task>(() => BackgroundLoop.Start(RunAsync));
    }

    private bool IsStopping => SharedMemory.ReadAcquire(ref _isStopping) != 0;

    /// <summary>Says whom the shard numbers mean; once, before the first <see cref="Post"/>.</summary>
    public void Attach(IMaintained[] shards) => _shards = shards;

    /// <summary>Asks for <see cref="IMaintained.Maintain"/> of a shard, soon. Never inside a turn.</summary>
    public void Post(int shard)
    {
        // Full fence: what the caller wrote before is visible to the maintenance that clears the flag after it.
        if (SharedMemory.Exchange(ref _posted[shard], Posted) == Idle)
        {
            _mail.Writer.TryWrite(shard);
            _ = _loop.Value;
        }
    }

    /// <inheritdoc/>
    public void OnTick(long tick)
    {
        IMaintained[] shards = _shards;
        for (int shard = 0; shard < shards.Length; shard++)
        {
            if (shards[shard].NextTimerTick <= tick)
            {
                Post(shard);
            }
        }
    }

    /// <summary>Stops after the piece of work in progress.</summary>
    public async ValueTask DisposeAsync()
    {
        Stop();
        if (_loop.IsValueCreated)
        {
            await _loop.Value.ConfigureAwait(false);
        }
    }

    /// <summary>Lets the loop end without waiting for it.</summary>
    public void Stop()
    {
        SharedMemory.WriteRelease(ref _isStopping, 1);
        _mail.Writer.TryComplete();
    }

    private async Task RunAsync()
    {
        while (!IsStopping && await _mail.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            WorkOff();
        }
    }

    /// <summary>Does what has been asked for so far. By the loop only.</summary>
    internal void WorkOff()
    {
        while (!IsStopping && _mail.Reader.TryRead(out int shard))
        {
            // Cleared before the work, so that a post during it is a new one and no wake-up is lost.
            SharedMemory.Exchange(ref _posted[shard], Idle);
            try
            {
                while (!IsStopping && !_shards[shard].Maintain())
                {
                    // The turn is free between two pieces.
                }
            }
            catch (OutOfMemoryException)
            {
                // Nothing has changed, and the shard asks again with its next removal.
            }
        }
    }
}
