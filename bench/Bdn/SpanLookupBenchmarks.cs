using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Bdn;

/// <summary>Strings of 20 characters, all present, asked for by a span of characters; beside making a string of it first.</summary>
[MemoryDiagnoser]
public class SpanLookupBenchmarks : KeyedBenchmarks<string>
{
    private Cache<string, object>.AlternateLookup<ReadOnlySpan<char>> _cacheBySpan;
    private ConcurrentDictionary<string, object>.AlternateLookup<ReadOnlySpan<char>> _dictionaryBySpan;

    public override void Fill()
    {
        base.Fill();
        _cacheBySpan = Cache.GetAlternateLookup<ReadOnlySpan<char>>();
        _dictionaryBySpan = Dictionary.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    [Benchmark]
    public bool FastCache() => _cacheBySpan.TryGet(NextSpan(), out _);

    [Benchmark]
    public bool FastCacheByNewString() => Cache.TryGet(new string(NextSpan()), out _);

    [Benchmark(Baseline = true)]
    public bool ConcurrentDictionary() => _dictionaryBySpan.TryGetValue(NextSpan(), out _);

    [Benchmark]
    public bool ConcurrentDictionaryByNewString() => Dictionary.TryGetValue(new string(NextSpan()), out _);

    [Benchmark]
    public bool MemoryCache() => Memory.TryGetValue(NextSpan(), out _);

    [Benchmark]
    public bool MemoryCacheByNewString() => Memory.TryGetValue(new string(NextSpan()), out _);

    private ReadOnlySpan<char> NextSpan() => NextKey();
}
