using FastCache.Diagnostics;
using FastCache.Extensions.Memory;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Extensions;

public sealed partial class FastCacheMemoryCache
{
    /// <summary>How many entries there are, with those that have expired and are not reclaimed yet.</summary>
    public int Count => (int)Math.Min(_cache.Count, int.MaxValue);

    /// <summary>The keys, each of which was there at some moment of the enumeration. The cache may change meanwhile.</summary>
    public IEnumerable<object> Keys
    {
        get
        {
            foreach ((ObjectKey key, _) in _cache)
            {
                yield return key.Value;
            }
        }
    }

    /// <summary>Removes every entry.</summary>
    /// <exception cref="ObjectDisposedException">The cache was disposed.</exception>
    public void Clear()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);

        // Their callbacks are called even if the cache is disposed in the meantime.
        foreach ((_, MemoryCacheEntry entry) in _cache)
        {
            entry.SetReason(EvictionReason.Removed);
        }

        _cache.Clear();
    }

    /// <summary>
    /// Removes a part of the entries: those that have expired, then by priority, the lowest first, and among equals those that the cache
    /// would give up first. Those of <see cref="CacheItemPriority.NeverRemove"/> stay.
    /// </summary>
    /// <param name="percentage">How much of all entries, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="percentage"/> is out of its range.</exception>
    /// <exception cref="ObjectDisposedException">The cache was disposed.</exception>
    /// <remarks>O(entries log entries), allocates.</remarks>
    public void Compact(double percentage)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (percentage is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(percentage), percentage, "The percentage must be from 0 to 1.");
        }

        int target = (int)(_cache.Count * percentage);
        int removed = _cache.TrimExpired();
        List<MemoryCacheEntry> remaining = [];
        foreach ((_, MemoryCacheEntry entry) in _cache.Coldest(int.MaxValue))
        {
            if (entry.HasChangedToken)
            {
                entry.Expire();
                removed++;
            }
            else if (entry.Priority != CacheItemPriority.NeverRemove)
            {
                remaining.Add(entry);
            }
        }

        // Stable: the coldest of a priority comes first.
        foreach (MemoryCacheEntry entry in remaining.OrderBy(static entry => entry.Priority).Take(Math.Max(0, target - removed)))
        {
            entry.SetReason(EvictionReason.Capacity);
            RemoveExactly(entry);
        }
    }

    /// <summary>What has happened so far.</summary>
    /// <returns>The numbers; null if <see cref="FastCacheOptions.TrackStatistics"/> is off.</returns>
    /// <remarks>Without a size limit there is no size. Entries that are never removed have none either.</remarks>
    public MemoryCacheStatistics? GetCurrentStatistics()
    {
        if (!_tracksStatistics)
        {
            return null;
        }

        CacheStatistics statistics = Statistics;
        return new MemoryCacheStatistics
        {
            CurrentEntryCount = statistics.Count,
            CurrentEstimatedSize = _hasSizeLimit ? statistics.Weight : null,
            TotalHits = statistics.Hits,
            TotalMisses = statistics.Misses,
        };
    }

    // In the background, for one entry after the other, if it has tokens or callbacks.
    private void OnRemoved(ObjectKey key, MemoryCacheEntry entry, RemovalCause cause)
    {
        entry.Detach();
        bool isEndOfCache = _isDisposed && cause == RemovalCause.Cleared && entry.Reason == EvictionReason.None;
        entry.SetReason(cause switch
        {
            RemovalCause.Replaced => EvictionReason.Replaced,
            RemovalCause.Expired => EvictionReason.Expired,
            RemovalCause.Capacity => EvictionReason.Capacity,
            _ => EvictionReason.Removed,
        });
        if (!isEndOfCache)
        {
            InvokeCallbacks(entry);
        }
    }

    private void InvokeCallbacks(MemoryCacheEntry entry)
    {
        foreach (PostEvictionCallbackRegistration registration in entry.TakeCallbacks())
        {
            try
            {
                registration.EvictionCallback?.Invoke(entry.Key, entry.Value, entry.Reason, registration.State);
            }
#pragma warning disable CA1031 // It has nobody else to go to, and the next one is to be called.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogFailure(exception, entry);
            }
        }
    }

    private void LogFailure(Exception exception, MemoryCacheEntry entry)
    {
        try
        {
            MemoryCacheLog.CallbackFailed(_logger, exception, LoggedKey.Of(entry.Key, _logsKeys), entry.Reason);
        }
#pragma warning disable CA1031 // A log that fails, or a key that has no text, keeps back no callback and ends no process.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
