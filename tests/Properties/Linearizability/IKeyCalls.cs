using FastCache.Tests.Properties.Model;

namespace FastCache.Tests.Properties.Linearizability;

/// <summary>The calls that there are for keys in their own form and in another one.</summary>
internal interface IKeyCalls<TKey, TValue>
{
    bool TryGet(int key, out TValue? value);

    bool TryPeek(int key, out TValue? value);

    bool ContainsKey(int key);

    bool Set(int key, TValue value);

    bool TryAdd(int key, TValue value);

    bool TryRemove(int key);

    TValue GetOrAdd(int key, Func<TKey, TValue> factory);
}

/// <summary>By keys of the cache's type.</summary>
internal sealed class OwnKeyCalls<TKey, TValue, TShape>(Cache<TKey, TValue> cache) : IKeyCalls<TKey, TValue>
    where TKey : notnull
    where TShape : struct, IShape<TKey, TValue>
{
    public bool TryGet(int key, out TValue? value) => cache.TryGet(TShape.Key(key), out value);

    public bool TryPeek(int key, out TValue? value) => cache.TryPeek(TShape.Key(key), out value);

    public bool ContainsKey(int key) => cache.ContainsKey(TShape.Key(key));

    public bool Set(int key, TValue value) => cache.Set(TShape.Key(key), value);

    public bool TryAdd(int key, TValue value) => cache.TryAdd(TShape.Key(key), value);

    public bool TryRemove(int key) => cache.TryRemove(TShape.Key(key));

    public TValue GetOrAdd(int key, Func<TKey, TValue> factory) => cache.GetOrAdd(TShape.Key(key), factory);
}

/// <summary>By the characters of the keys.</summary>
internal sealed class SpanKeyCalls<TValue, TShape>(Cache<string, TValue> cache) : IKeyCalls<string, TValue>
    where TShape : struct, IShape<string, TValue>
{
    public bool TryGet(int key, out TValue? value) => Lookup.TryGet(TShape.Key(key), out value);

    public bool TryPeek(int key, out TValue? value) => Lookup.TryPeek(TShape.Key(key), out value);

    public bool ContainsKey(int key) => Lookup.ContainsKey(TShape.Key(key));

    public bool Set(int key, TValue value) => Lookup.Set(TShape.Key(key), value);

    public bool TryAdd(int key, TValue value) => Lookup.TryAdd(TShape.Key(key), value);

    public bool TryRemove(int key) => Lookup.TryRemove(TShape.Key(key));

    public TValue GetOrAdd(int key, Func<string, TValue> factory) => Lookup.GetOrAdd(TShape.Key(key), factory);

    private Cache<string, TValue>.AlternateLookup<ReadOnlySpan<char>> Lookup => cache.GetAlternateLookup<ReadOnlySpan<char>>();
}
