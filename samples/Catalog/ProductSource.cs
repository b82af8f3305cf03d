using System.Collections.Concurrent;
using System.Globalization;

namespace FastCache.Samples.Catalog;

/// <summary>Stands for a database: slow, and better not asked twice. Counts how often it was.</summary>
internal sealed class ProductSource(TimeProvider time)
{
    private const int Products = 1_000;
    private static readonly string[] Brands = ["acme", "globex", "initech", "umbrella"];
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<int, decimal> _prices = new();
    private long _calls;

    /// <summary>How often it was asked for a product since the process began.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    public async Task<Product?> FindAsync(int id, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        await Task.Delay(Latency, time, cancellationToken);
        return id is < 1 or > Products ? null
            : new Product(id, string.Create(CultureInfo.InvariantCulture, $"Product {id}"), Brands[id % Brands.Length], _prices.GetValueOrDefault(id, id));
    }

    public void SetPrice(int id, decimal price) => _prices[id] = price;
}
