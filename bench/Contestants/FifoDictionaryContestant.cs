using System.Diagnostics.CodeAnalysis;

namespace FastCache.Bench.Contestants;

internal readonly struct FifoDictionaryContestant : IContestant<FifoDictionaryContestant>
{
    private readonly FifoDictionary _cache;

    private FifoDictionaryContestant(FifoDictionary cache) => _cache = cache;

    public static string Name => "ConcurrentDictionary + FIFO";

    public static bool IsStrictlyBounded => true;

    public int Count => _cache.Count;

    public int? Shards => null;

    public static FifoDictionaryContestant Create(CacheShape shape) => new(new FifoDictionary(shape.Capacity));

    public bool TryGet(long key, [NotNullWhen(true)] out object? value) => _cache.TryGet(key, out value);

    public void Set(long key, object value) => _cache.Set(key, value);

    public void Dispose()
    {
    }
}
