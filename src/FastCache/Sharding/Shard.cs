using System.Diagnostics.CodeAnalysis;
using FastCache.Table;

namespace FastCache.Sharding;

/// <summary>
/// A part of the cache with a table, a policy and a turn of its own. What a write or a miss calls: one dispatch.
/// </summary>
/// <remarks>All members are thread-safe. Reads of values in place bypass the shard and go to its table.</remarks>
internal abstract class Shard<TKey, TValue> : SlotEvictor, IMaintained
    where TKey : notnull
{
    /// <summary>Entries now. Never above the shard's capacity.</summary>
    public abstract int Count { get; }

    /// <summary>Adds or replaces.</summary>
    public abstract bool Set(TKey key, KeyHash hash, TValue value);

    /// <summary>Adds unless present.</summary>
    public abstract bool TryAdd(TKey key, KeyHash hash, TValue value);

    /// <summary>Adds unless present; the value that is there then.</summary>
    public abstract TValue GetOrAdd(TKey key, KeyHash hash, TValue value);

    /// <summary>Replaces if present.</summary>
    public abstract bool TryUpdate(TKey key, KeyHash hash, TValue value);

    public abstract bool TryRemove(TKey key, KeyHash hash, [MaybeNullWhen(false)] out TValue value);

    /// <summary>Reads a value together with what <see cref="TryReplace"/> and <see cref="TryRemove(EntryStamp)"/> need.</summary>
    public abstract bool TrySnapshot(
        TKey key, KeyHash hash, [MaybeNullWhen(false)] out TValue value, out EntryStamp stamp);

    /// <summary>Replaces the value if the entry is still what was snapshot.</summary>
    public abstract bool TryReplace(EntryStamp stamp, TValue value);

    /// <summary>Removes the entry if it is still what was snapshot.</summary>
    public abstract bool TryRemove(EntryStamp stamp);

    public abstract void Clear();

    /// <summary>Steps an enumeration.</summary>
    public abstract bool TryMoveNext(ref ShardCursor cursor, out KeyValuePair<TKey, TValue> entry);

    /// <summary>Empties the shard for good: reads miss and writes throw from now on.</summary>
    public abstract void Close();

    /// <inheritdoc/>
    public abstract void Maintain();

    /// <summary>Throws if the shard's structures contradict each other. Meaningful only while nobody writes.</summary>
    public abstract void AssertConsistent();
}
