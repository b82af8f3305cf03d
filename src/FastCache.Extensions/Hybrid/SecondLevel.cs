using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;

namespace FastCache.Extensions.Hybrid;

/// <summary>The cache that processes share, which may be slow, fail and lie.</summary>
/// <remarks>
/// Bytes are rented and go back when the second level is done with them: not when its caller is tired of waiting. Keys come with the prefix.
/// </remarks>
internal sealed class SecondLevel(IDistributedCache cache, HybridSurroundings surroundings, TimeSpan? readTimeout, int maxBytes)
{
    /// <summary>
    /// How long anything stays there at most: a value must not live longer than what is known of its tags.
    /// </summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(365);

    // What timers can wait for. Whoever allows more waits as long as it takes.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly TimeSpan _readTimeout = readTimeout <= LongestTimeout ? readTimeout.Value : Timeout.InfiniteTimeSpan;
    private readonly IBufferDistributedCache? _buffered = cache as IBufferDistributedCache;

    public SecondLevelCounters Counters { get; } = new();

    public PooledBytes Rent() => new(surroundings.Pool);

    /// <summary>Reads what is under a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="before">What this process still has to write there.</param>
    /// <param name="token">Who waits gives up: the only reason to throw.</param>
    /// <returns>Whether it could be read in time, and what is there.</returns>
    public async Task<(bool IsRead, PooledBytes? Bytes)> TryReadAsync(string key, Task before, CancellationToken token)
    {
        Task<PooledBytes?>? reading = null;
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(token);
        try
        {
            reading = ReadAsync(key, before, leaving.Token);
            return (true, await reading.WaitAsync(_readTimeout, surroundings.TimeProvider, token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // The token may come to this before it comes to the read, which is not told any more once the link is disposed.
            await AbandonAsync(reading, leaving).ConfigureAwait(false);
            throw;
        }
#pragma warning disable CA1031 // It is somebody else's code, and whatever it throws means that the value is not to be had.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Counters.CountReadFailure();
            HybridCacheLog.ReadFailed(surroundings.Logger, fault);
            await AbandonAsync(reading, leaving).ConfigureAwait(false);
            return (false, null);
        }
    }

    /// <summary>Writes bytes under a key.</summary>
    public Task WriteAsync(string key, PooledBytes bytes, TimeSpan life, CancellationToken token)
    {
        var options = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = life < LongestLife ? life : LongestLife };
        return _buffered is { } buffered
            ? buffered.SetAsync(key, new ReadOnlySequence<byte>(bytes.Memory), options, token).AsTask()
            : cache.SetAsync(key, bytes.Span.ToArray(), options, token);
    }

    public Task RemoveAsync(string key, CancellationToken token) => cache.RemoveAsync(key, token);

    /// <summary>Writes when it is its turn. Who waits may leave by his token; what has begun goes on, and later writes come after it.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="write">Writes.</param>
    /// <param name="payload">What is given back afterwards.</param>
    /// <param name="token">Of who waits.</param>
    /// <returns>What went wrong, if anything did, which has been logged.</returns>
    /// <exception cref="OperationCanceledException">The token has fired.</exception>
    public async Task<Exception?> RunAsync(WriteTurn turn, Func<Task> write, PooledBytes? payload, CancellationToken token)
        => await RunToEndAsync(turn, write, payload, token).WaitAsync(token).ConfigureAwait(false);

    private async Task<Exception?> RunToEndAsync(WriteTurn turn, Func<Task> write, PooledBytes? payload, CancellationToken token)
    {
        try
        {
            await turn.Before.WaitAsync(token).ConfigureAwait(false);
            await write().ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // It is told to who waits, if somebody does.
        catch (Exception fault) when (fault is not OperationCanceledException || !token.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Counters.CountWriteFailure();
            HybridCacheLog.WriteFailed(surroundings.Logger, fault);
            return fault;
        }
        finally
        {
            payload?.Dispose();
            turn.End();
        }
    }

    private async Task<PooledBytes?> ReadAsync(string key, Task before, CancellationToken token)
    {
        await before.WaitAsync(token).ConfigureAwait(false);
        PooledBytes bytes = Rent();
        bool isFound = false;
        try
        {
            bytes.Limit(maxBytes);
            if (_buffered is { } buffered)
            {
                isFound = await buffered.TryGetAsync(key, bytes, token).ConfigureAwait(false);
            }
            else if (await cache.GetAsync(key, token).ConfigureAwait(false) is { } array)
            {
                bytes.Write(array);
                isFound = true;
            }

            return isFound ? bytes : null;
        }
        finally
        {
            if (!isFound)
            {
                bytes.Dispose();
            }
        }
    }

    // Whatever comes of it: its bytes go back then. And whatever it does with its token.
    private static async Task AbandonAsync(Task<PooledBytes?>? reading, CancellationTokenSource leaving)
    {
        _ = reading?.ContinueWith(
            static read =>
            {
                if (read.IsCompletedSuccessfully)
                {
                    read.Result?.Dispose();
                }
                else
                {
                    _ = read.Exception;
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        await leaving.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
