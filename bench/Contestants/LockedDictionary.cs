using System.Diagnostics.CodeAnalysis;

namespace FastCache.Bench.Contestants;

/// <summary>A dictionary and a lock around it: no bound, no policy.</summary>
internal sealed class LockedDictionary<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, TValue> _entries = new(capacity);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_lock)
        {
            return _entries.TryGetValue(key, out value);
        }
    }

    public void Set(TKey key, TValue value)
    {
        lock (_lock)
        {
            _entries[key] = value;
        }
    }

    /// <summary>A copy: nobody else can have the lock while an enumeration lasts.</summary>
    public KeyValuePair<TKey, TValue>[] ToArray()
    {
        lock (_lock)
        {
            return [.. _entries];
        }
    }
}
