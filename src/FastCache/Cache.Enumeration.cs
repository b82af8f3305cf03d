using System.Collections;
using FastCache.Sharding;

namespace FastCache;

public sealed partial class Cache<TKey, TValue>
{
    /// <summary>Walks the entries, weakly consistent: never throws because of writes, and has no effect on the policy.</summary>
    /// <returns>An enumerator. Each entry it gives was in the cache at some moment of the enumeration of its shard.</returns>
    /// <remarks>
    /// An entry that is present throughout is given exactly once. One that is removed and added again meanwhile may be given
    /// twice or not at all, and one that is removed while its shard's table grows may still be given.
    /// No allocation; O(room for entries) in all.
    /// </remarks>
    public Enumerator GetEnumerator() => new(_shards);

    /// <inheritdoc/>
    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Walks a cache's entries. For one thread; see <see cref="GetEnumerator"/>.</summary>
    public struct Enumerator : IEnumerator<KeyValuePair<TKey, TValue>>
    {
        private readonly Shard<TKey, TValue>[] _shards;
        private int _shard;
        private ShardCursor _cursor;
        private KeyValuePair<TKey, TValue> _current;

        internal Enumerator(Shard<TKey, TValue>[] shards) => _shards = shards;

        /// <inheritdoc/>
        public readonly KeyValuePair<TKey, TValue> Current => _current;

        /// <inheritdoc/>
        readonly object IEnumerator.Current => _current;

        /// <inheritdoc/>
        public bool MoveNext()
        {
            while (_shard < _shards.Length)
            {
                if (_shards[_shard].TryMoveNext(ref _cursor, out _current))
                {
                    return true;
                }

                _shard++;
                _cursor = default;
            }

            return false;
        }

        /// <inheritdoc/>
        public void Reset()
        {
            _shard = 0;
            _cursor = default;
        }

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
