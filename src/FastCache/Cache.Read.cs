using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using FastCache.Sharding;
using FastCache.Table;
using FastCache.Threading;

namespace FastCache;

public sealed partial class Cache<TKey, TValue>
{
    /// <summary>Reads a value. A hit keeps the entry longer.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value, if the key is present.</param>
    /// <returns>Whether the key is present.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <remarks>
    /// O(1), lock-free, no allocation. Waits for nobody; but for a write of the same entry that is under way at that moment, if time limits it.
    /// </remarks>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (Cell.Holds<TValue>() && _detour is null)
        {
            ThrowIfNull(key);
            var hash = new KeyHash(_hasher.HashBuiltIn(key));
            ReadResult<TValue> result = TableOf(_tables, hash).ReadHome(key, hash);
            if (result.Found)
            {
                value = result.Cell;
                return true;
            }

            if (result.Outcome == ReadOutcome.Absent)
            {
                value = default;
                return false;
            }

            return TryGetAnywhere(key, out value);
        }

        return TryGetByDetour(key, out value);
    }

    /// <summary>Whether a key is present. Has no effect on how long the entry is kept.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether the key is present.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <remarks>
    /// O(1), lock-free, no allocation. Waits for nobody; but for a write of the same entry that is under way at that moment, if time limits it.
    /// </remarks>
    public bool ContainsKey(TKey key) => TryPeek(key, out _);

    /// <summary>Reads a value without any effect on how long the entry is kept.</summary>
    /// <inheritdoc cref="TryGet" path="/*[not(self::summary)]"/>
    public bool TryPeek(TKey key, [MaybeNullWhen(false)] out TValue value)
        => TryRead<KeyProbe<TKey>, Peek>(Probe(key), Hash(key), out value);

    /// <summary>Reads the values of several keys. As many hits as single reads would be.</summary>
    /// <param name="keys">The keys; one that occurs twice is answered once.</param>
    /// <returns>The keys that are present, with their values. Each value was there at some moment of the call.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="keys"/> is null, or one of its keys is.</exception>
    /// <remarks>O(keys), lock-free; allocates the result.</remarks>
    public Dictionary<TKey, TValue> GetMany(IEnumerable<TKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        int expected = keys.TryGetNonEnumeratedCount(out int count) ? count : 0;
        var found = new Dictionary<TKey, TValue>(expected, _hasher.Comparer);
        foreach (TKey key in keys)
        {
            if (TryGet(key, out TValue? value))
            {
                found[key] = value;
            }
        }

        return found;
    }

    /// <summary>Reads a value by another form of a key whose type has its own equality. A hit keeps the entry longer.</summary>
    /// <param name="probe">Compares stored keys with it.</param>
    /// <param name="hashCode">The hash code that the key would give.</param>
    /// <param name="value">The value, if the key is present.</param>
    internal bool TryGet<TProbe>(TProbe probe, int hashCode, [MaybeNullWhen(false)] out TValue value)
        where TProbe : IKeyProbe<TKey>, allows ref struct
        => CountRequest(TryRead<TProbe, Use>(probe, new KeyHash(_hasher.Hash(hashCode)), out value));

    // Out of line and hashing anew: nothing of the fast path has to survive a call.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryGetAnywhere(TKey key, [MaybeNullWhen(false)] out TValue value)
        => CountRequest(TryRead<KeyProbe<TKey>, Use>(Probe(key), Hash(key), out value));

    private bool TryRead<TProbe, TIntent>(TProbe probe, KeyHash hash, [MaybeNullWhen(false)] out TValue value)
        where TProbe : IKeyProbe<TKey>, allows ref struct
        where TIntent : struct, IReadIntent
    {
        var wait = new SpinWait();
        while (true)
        {
            ReadOutcome outcome = Read<TProbe, TIntent>(probe, hash, out value, out EntryStamp stamp);
            if (outcome == ReadOutcome.Due)
            {
                outcome = ShardOf(hash).ReadDue(stamp, TIntent.CountsAsHit, ref wait, out value);
            }

            if (outcome != ReadOutcome.Changed)
            {
                return outcome is ReadOutcome.Hit or ReadOutcome.HitToRefresh;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOutcome Read<TProbe, TIntent>(TProbe probe, KeyHash hash, out TValue? value, out EntryStamp stamp)
        where TProbe : IKeyProbe<TKey>, allows ref struct
        where TIntent : struct, IReadIntent
    {
        if (Cell.Holds<TValue>())
        {
            return TableOf(_tables, hash).TryRead<TProbe, TIntent>(probe, hash, out value, out stamp);
        }

        ReadOutcome outcome
            = TableOf(_boxTables, hash).TryRead<TProbe, TIntent>(probe, hash, out StrongBox<TValue>? box, out stamp);
        value = outcome == ReadOutcome.Hit ? box!.Value : default;
        return outcome;
    }

    /// <remarks>In bounds: the mask is one less than the length of the array in use.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Table<TKey, TCell> TableOf<TCell>(PinnedArray<Table<TKey, TCell>> tables, KeyHash hash)
    {
        Table<TKey, TCell> table = SharedMemory.ReadAcquire(ref tables[hash.Shard(_shardMask)]);
        GC.KeepAlive(this);
        return table;
    }
}
