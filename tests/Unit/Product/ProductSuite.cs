using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Product;

/// <summary>
/// Where the promises of the product are tested. A cache is to be had from here only, and after the test, whatever that asserts, each
/// is examined: no test can forget it.
/// </summary>
public abstract class ProductSuite : IAsyncDisposable
{
    /// <summary>How long entries live that expire by the options of their cache.</summary>
    protected static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    private readonly List<Func<ValueTask>> _examinations = [];

    /// <summary>The time of all caches of the test.</summary>
    private protected ManualTimeProvider Time { get; } = new();

    /// <summary>Examines what the test has left, after each test.</summary>
    public async ValueTask DisposeAsync()
    {
        // As the runner's own thread, so that the watchdog of a test works here, too.
        foreach (Func<ValueTask> examine in _examinations)
        {
            await examine();
        }

        GC.SuppressFinalize(this);
    }

    private protected Cache<TKey, TValue> Make<TKey, TValue>(
        Variant<TKey, TValue> variant, Action<CacheOptions<TKey, TValue>>? configure = null)
        where TKey : notnull
    {
        CacheOptions<TKey, TValue> options = variant.Options(Time, Life);
        configure?.Invoke(options);
        var cache = new Cache<TKey, TValue>(options);
        _examinations.Add(() => ExamineAsync(variant, cache));
        return cache;
    }

    /// <summary>What counts against the limit.</summary>
    private protected static long LoadOf<TKey, TValue>(Cache<TKey, TValue> cache)
        where TKey : notnull
        => Math.Max(cache.Count, cache.Weight);

    private static async ValueTask ExamineAsync<TKey, TValue>(Variant<TKey, TValue> variant, Cache<TKey, TValue> cache)
        where TKey : notnull
    {
        cache.AssertConsistent();
        Assert.Equal((0, 0, 0), (cache.LoadsInProgress, cache.LoadWaiters, cache.ListenerFailures));
        cache.TrimExpired();
        Assert.InRange(LoadOf(cache), 0, cache.WeightLimit);

        KeyValuePair<TKey, TValue>[] entries = cache.ToArray();
        Assert.All(entries, entry =>
        {
            variant.AssertBelongs(entry.Key, entry.Value);
            Assert.True(cache.TryPeek(entry.Key, out TValue? value));
            Assert.Equal(entry.Value, value);
        });
        Assert.Equal(entries.Length, entries.DistinctBy(static entry => entry.Key, variant.Comparer).Count());
        Assert.Equal(entries.Length, cache.Count);
        Assert.Equal(entries.Sum(entry => (long)variant.WeightOf(entry.Key, entry.Value)), cache.Weight);

        await cache.DisposeAsync();
        Assert.Equal((0, 0), (cache.Count, cache.Weight));
        cache.AssertConsistent();
    }
}
