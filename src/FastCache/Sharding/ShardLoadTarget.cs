using FastCache.Diagnostics;
using FastCache.Loading;
using FastCache.Table;

namespace FastCache.Sharding;

/// <summary>Where the value of one key belongs: a shard, and the key's hash.</summary>
internal readonly struct ShardLoadTarget<TKey, TValue>(Shard<TKey, TValue> shard, KeyHash hash) : ILoadTarget<TKey, TValue>
    where TKey : notnull
{
    public LoadStart Begin(
        TKey key, LoadOptions options, LoadKind kind, bool hasMissed, out TValue? value, out Flight<TKey, TValue>? flight)
        => shard.BeginLoad(key, hash, options, kind, hasMissed, out value, out flight);

    public LoadOutcome<TValue> End(Flight<TKey, TValue> flight, LoadOptions options, LoadOutcome<TValue> outcome)
        => shard.EndLoad(hash, flight, options, outcome);
}
