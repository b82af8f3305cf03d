using FastCache.Table;

namespace FastCache.Tests.Unit.TestTypes;

/// <summary>
/// An update in place whose thread does not run: the entry says "being updated" until the test ends the update.
/// </summary>
/// <remarks>The cache has one shard.</remarks>
internal sealed class UpdateInProgress<TKey, TValue>
    where TKey : notnull
{
    private readonly Entry<TKey, TValue>[] _entries;
    private readonly int _slot;
    private readonly uint _version;

    private UpdateInProgress(Entry<TKey, TValue>[] entries, int slot)
    {
        _entries = entries;
        _slot = slot;
        _version = entries[slot].Version;
        Volatile.Write(ref entries[slot].Version, EntryVersion.WithState(_version, EntryVersion.Updating));
    }

    public int Slot => _slot;

    public static UpdateInProgress<TKey, TValue> Begin(Cache<TKey, TValue> cache, TKey key)
    {
        Entry<TKey, TValue>[] entries = TableAccess.EntriesOf(cache);
        int slot = Array.FindIndex(
            entries, entry => !EntryVersion.IsDead(entry.Version) && EqualityComparer<TKey>.Default.Equals(entry.Key, key));
        return new UpdateInProgress<TKey, TValue>(entries, slot);
    }

    /// <summary>Does what the thread would have done next.</summary>
    public void End(TValue value)
    {
        _entries[_slot].Cell = value;
        Volatile.Write(ref _entries[_slot].Version, EntryVersion.Next(_version, EntryVersion.Live));
    }
}
