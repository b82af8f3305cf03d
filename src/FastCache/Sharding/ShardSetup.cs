using FastCache.Expiration;
using FastCache.Journaling;
using FastCache.Loading;
using FastCache.Notifications;
using FastCache.Tagging;
using Microsoft.Extensions.ObjectPool;

namespace FastCache.Sharding;

/// <summary>What the shards of a cache have in common.</summary>
/// <param name="Comparer">See <see cref="FastCache.Table.KeyProbe{TKey}"/>.</param>
/// <param name="Weigher">What an entry weighs; null if every entry weighs one.</param>
/// <param name="Rules">Until when an entry may be served.</param>
/// <param name="Clock">Time.</param>
/// <param name="Actor">Who does what can wait.</param>
/// <param name="Flights">Loads that are not in use.</param>
internal sealed record ShardSetup<TKey, TValue>(
    IEqualityComparer<TKey>? Comparer,
    Func<TKey, TValue, int>? Weigher,
    ExpiryRules<TKey, TValue> Rules,
    CacheClock Clock,
    MaintenanceActor Actor,
    ObjectPool<Flight<TKey, TValue>> Flights)
    where TKey : notnull
{
    /// <summary>Who is told what leaves the cache; null if nobody is.</summary>
    public NotificationActor<TKey, TValue>? Notifications { get; init; }

    /// <summary>Where what happens to the cache is written down; null if nowhere.</summary>
    public Journal<TKey, TValue>? Journal { get; init; }

    /// <summary>The tags that entries have.</summary>
    public required TagRegistry Tags { get; init; }
}
