using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Bdn;

/// <summary>Read, or load and add, of keys that are all present: what awaiting a hit costs.</summary>
[MemoryDiagnoser]
public class AsyncHitBenchmarks : KeyedBenchmarks<long>
{
    private const int Operations = 1_000;

    private readonly ConcurrentDictionary<long, Lazy<Task<object>>> _lazies = new();

    public override void Fill()
    {
        base.Fill();
        for (int id = 1; id <= Entries; id++)
        {
            Lazy<Task<object>> lazy = new(Task.FromResult(Value));
            _lazies[KeyFactory.Create<long>(id)] = lazy;
        }
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public async Task FastCache()
    {
        int right = 0;
        for (int i = 0; i < Operations; i++)
        {
            object value = await Cache.GetOrAddAsync(NextKey(), static (_, _) => new ValueTask<object>(new object())).ConfigureAwait(false);
            right += ReferenceEquals(value, Value) ? 1 : 0;
        }

        VerifyHits(right);
    }

    [Benchmark(OperationsPerInvoke = Operations, Baseline = true)]
    public async Task MemoryCache()
    {
        int right = 0;
        for (int i = 0; i < Operations; i++)
        {
            object? value = await Memory.GetOrCreateAsync(NextKey(), static _ => Task.FromResult(new object()), OneUnit).ConfigureAwait(false);
            right += ReferenceEquals(value, Value) ? 1 : 0;
        }

        VerifyHits(right);
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public async Task ConcurrentDictionaryOfLazy()
    {
        int right = 0;
        for (int i = 0; i < Operations; i++)
        {
            Lazy<Task<object>> lazy = _lazies.GetOrAdd(
                NextKey(), static _ => new Lazy<Task<object>>(static () => Task.FromResult(new object())));
            right += ReferenceEquals(await lazy.Value.ConfigureAwait(false), Value) ? 1 : 0;
        }

        VerifyHits(right);
    }

    private static void VerifyHits(int right) => Verify.That(right == Operations, "Not every read was a hit.");
}
