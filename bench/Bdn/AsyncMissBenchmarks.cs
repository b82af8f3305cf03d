using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Bdn;

/// <summary>
/// Read, or load and add, of keys never seen before, one after the other; the factory has its value ready, or yields the thread first.
/// MemoryCache lets every caller load, and refuses many entries while it is over its limit.
/// </summary>
[MemoryDiagnoser]
public class AsyncMissBenchmarks : NewKeyBenchmarks
{
    private const int Operations = 1_000;

    private static readonly object Made = new();
    private static readonly Task<object> MadeTask = Task.FromResult(Made);

    [Benchmark(OperationsPerInvoke = Operations)]
    public async Task FastCache()
    {
        for (int i = 0; i < Operations; i++)
        {
            object value = await Cache.GetOrAddAsync(NewKey(), static (_, _) => new ValueTask<object>(Made)).ConfigureAwait(false);
            VerifyMade(value);
        }
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public async Task FastCacheYielding()
    {
        for (int i = 0; i < Operations; i++)
        {
            object value = await Cache.GetOrAddAsync(NewKey(), static (_, _) => new ValueTask<object>(YieldAsync())).ConfigureAwait(false);
            VerifyMade(value);
        }
    }

    [Benchmark(OperationsPerInvoke = Operations, Baseline = true)]
    public async Task MemoryCache()
    {
        for (int i = 0; i < Operations; i++)
        {
            VerifyMade(await Memory.GetOrCreateAsync(NewKey(), static _ => MadeTask, OneUnit).ConfigureAwait(false));
        }
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public async Task MemoryCacheYielding()
    {
        for (int i = 0; i < Operations; i++)
        {
            VerifyMade(await Memory.GetOrCreateAsync(NewKey(), static _ => YieldAsync(), OneUnit).ConfigureAwait(false));
        }
    }

    private static async Task<object> YieldAsync()
    {
        await Task.Yield();
        return Made;
    }

    private static void VerifyMade(object? value) => Verify.That(ReferenceEquals(value, Made), "A value is not the factory's.");
}
