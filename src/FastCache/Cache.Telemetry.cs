using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using FastCache.Diagnostics;
using FastCache.Journaling;
using FastCache.Sharding;
using FastCache.Table;

namespace FastCache;

public sealed partial class Cache<TKey, TValue> : IMeasuredCache
{
    // Null: requests are not counted.
    private readonly StripedCounters? _requests;

    // Null: neither a comparer nor counters, so that a read looks at one field to know both.
    private readonly object? _detour;

    private readonly CacheMeter _meter;
    private readonly LoadTelemetry _loads;
    private readonly WeakReference<IMeasuredCache> _measured;

    /// <summary>
    /// What this cache is called in metrics and traces: <see cref="CacheOptions{TKey, TValue}.Name"/>. Null if it has no name.
    /// </summary>
    public string? Name { get; }

    /// <summary>What has happened since the cache was made, and what it holds now. O(shards + processors).</summary>
    public CacheStatistics Statistics
    {
        get
        {
            CacheStatistics statistics = _loads.Statistics with
            {
                Hits = _requests?.Hits ?? 0,
                Misses = _requests?.Misses ?? 0,
                Count = Count,
                Weight = Weight,
                ListenerFailures = ListenerFailures,
            };
            foreach (Shard<TKey, TValue> shard in _shards)
            {
                statistics = statistics.Plus(shard.Statistics);
            }

            return statistics;
        }
    }

    bool IMeasuredCache.CountsRequests => _requests is not null;

    bool IMeasuredCache.HasWeigher => _hasWeigher;

    JournalStatistics? IMeasuredCache.JournalStatistics => _journal?.Statistics;

    /// <summary>What loads report to.</summary>
    internal LoadTelemetry Loads => _loads;

    // TryGet again, for a cache that counts requests: one that does not shall not pay for asking.
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private bool TryGetByDetour(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (!Cell.Holds<TValue>() || _hasher.Comparer is not null)
        {
            return TryGetAnywhere(key, out value);
        }

        ThrowIfNull(key);
        var hash = new KeyHash(_hasher.HashBuiltIn(key));
        ReadResult<TValue> result = TableOf(_tables, hash).ReadHome(key, hash);
        if (result.Found)
        {
            _requests!.AddHit();
            value = result.Cell;
            return true;
        }

        if (result.Outcome == ReadOutcome.Absent)
        {
            _requests!.AddMiss();
            value = default;
            return false;
        }

        return TryGetAnywhere(key, out value);
    }

    /// <summary>Counts a request, if requests are counted.</summary>
    /// <param name="isHit">Whether the value was there.</param>
    /// <returns>The same.</returns>
    private bool CountRequest(bool isHit)
    {
        if (isHit)
        {
            RecordHit();
        }
        else
        {
            RecordMiss();
        }

        return isHit;
    }

    private void RecordHit() => _requests?.AddHit();

    private void RecordMiss() => _requests?.AddMiss();
}
