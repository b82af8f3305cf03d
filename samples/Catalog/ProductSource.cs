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

    /// <summary>How often it was asked since the process began.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    public async Task<Product?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken);
        return Find(id);
    }

    /// <summary>What a brand sells for less than a price, in one call.</summary>
    public async ValueTask<PriceList> ListAsync(string brand, int below, CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken);
        return new PriceList(
            brand, below, [.. Enumerable.Range(1, Products).Select(Find).OfType<Product>().Where(product => product.Brand == brand && product.Price < below)]);
    }

    /// <returns>The product's brand; null if there is no such product.</returns>
    public string? SetPrice(int id, decimal price)
    {
        if (Find(id) is not { } product)
        {
            return null;
        }

        _prices[id] = price;
        return product.Brand;
    }

    private Product? Find(int id)
        => id is < 1 or > Products ? null
            : new Product(id, string.Create(CultureInfo.InvariantCulture, $"Product {id}"), Brands[id % Brands.Length], _prices.GetValueOrDefault(id, id));

    private Task AnswerAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        return Task.Delay(Latency, time, cancellationToken);
    }
}
