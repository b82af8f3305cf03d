using System.Reflection;
using FastCache.Sharding;
using FastCache.Threading;

namespace FastCache.Tests.Unit.TestTypes;

/// <summary>Reaches the shards of a cache.</summary>
internal static class ShardAccess
{
    /// <summary>When the actor is next asked to look for expired entries.</summary>
    public static long NextTimerTickOf<TKey, TValue>(Cache<TKey, TValue> cache, int shard = 0)
        where TKey : notnull
        => ShardOf(cache, shard).NextTimerTick;

    /// <summary>Does what the actor does when it is asked to; false if there is more.</summary>
    public static bool Maintain<TKey, TValue>(Cache<TKey, TValue> cache, int shard = 0)
        where TKey : notnull
        => ShardOf(cache, shard).Maintain();

    /// <summary>Whether somebody is inside a turn of the shard.</summary>
    public static bool IsTurnTaken<TKey, TValue>(Cache<TKey, TValue> cache, int shard = 0)
        where TKey : notnull
    {
        Shard<TKey, TValue> owner = ShardOf(cache, shard);
        object turn = owner.GetType().GetField("_turn", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(owner)!;
        return (int)typeof(Turn).GetField("_state", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(turn)! != 0;
    }

    /// <summary>From now on maintenance is the test's to do.</summary>
    public static void StopActor<TKey, TValue>(Cache<TKey, TValue> cache)
        where TKey : notnull
        => ((MaintenanceActor)typeof(Cache<TKey, TValue>)
            .GetField("_actor", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(cache)!).Stop();

    public static Shard<TKey, TValue> ShardOf<TKey, TValue>(Cache<TKey, TValue> cache, int shard)
        where TKey : notnull
        => ((Shard<TKey, TValue>[])typeof(Cache<TKey, TValue>)
            .GetField("_shards", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(cache)!)[shard];
}
