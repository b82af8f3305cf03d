using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace FastCache.Bench.Contestants;

/// <summary>The bare dictionary: no bound, no policy. What a read would cost if a cache cost nothing.</summary>
internal readonly struct DictionaryContestant : IContestant<DictionaryContestant>
{
    private readonly ConcurrentDictionary<long, object> _dictionary;

    private DictionaryContestant(ConcurrentDictionary<long, object> dictionary) => _dictionary = dictionary;

    public static string Name => "ConcurrentDictionary";

    public static bool IsStrictlyBounded => false;

    public int Count => _dictionary.Count;

    public int? Shards => null;

    public static DictionaryContestant Create(CacheShape shape) => new(new ConcurrentDictionary<long, object>(-1, shape.Capacity));

    public bool TryGet(long key, [NotNullWhen(true)] out object? value) => _dictionary.TryGetValue(key, out value);

    public void Set(long key, object value) => _dictionary[key] = value;

    public void Dispose()
    {
    }
}
