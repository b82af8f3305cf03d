using System.Diagnostics.CodeAnalysis;

namespace FastCache.Bench.Contestants;

/// <summary>
/// The cache that everybody writes first: a dictionary into a list in the order of the last use, and one lock around both. Exact, and
/// every reader waits for every other.
/// </summary>
internal sealed class LockedLru<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, LinkedListNode<KeyValuePair<TKey, TValue>>> _nodes = new(capacity);
    private readonly LinkedList<KeyValuePair<TKey, TValue>> _newestFirst = new();

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _nodes.Count;
            }
        }
    }

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_lock)
        {
            if (!_nodes.TryGetValue(key, out LinkedListNode<KeyValuePair<TKey, TValue>>? node))
            {
                value = default;
                return false;
            }

            MoveToFront(node);
            value = node.Value.Value;
            return true;
        }
    }

    public void Set(TKey key, TValue value)
    {
        KeyValuePair<TKey, TValue> entry = new(key, value);
        lock (_lock)
        {
            if (_nodes.TryGetValue(key, out LinkedListNode<KeyValuePair<TKey, TValue>>? node))
            {
                node.Value = entry;
                MoveToFront(node);
                return;
            }

            if (_nodes.Count < capacity)
            {
                _nodes.Add(key, _newestFirst.AddFirst(entry));
                return;
            }

            // The evicted entry's node serves the new one: nothing is allocated.
            node = _newestFirst.Last!;
            _nodes.Remove(node.Value.Key);
            node.Value = entry;
            MoveToFront(node);
            _nodes.Add(key, node);
        }
    }

    private void MoveToFront(LinkedListNode<KeyValuePair<TKey, TValue>> node)
    {
        _newestFirst.Remove(node);
        _newestFirst.AddFirst(node);
    }
}
