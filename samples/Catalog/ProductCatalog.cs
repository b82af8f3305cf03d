using FastCache.Extensions;

namespace FastCache.Samples.Catalog;

/// <summary>The products, read through a typed cache: who misses at the same time shares one call of the source.</summary>
internal sealed class ProductCatalog(
    [FromKeyedServices(ProductCatalog.CacheName)] Cache<int, Product?> cache, IFastCacheProvider caches, ProductSource source)
{
    /// <summary>What the cache is called in settings, metrics and health.</summary>
    public const string CacheName = "products";

    /// <summary>For calls that say nothing themselves: an old product is better than none, and what does not exist is remembered briefly.</summary>
    public static LoadOptions Loading { get; } = new()
    {
        FailSafeMaxDuration = TimeSpan.FromHours(1),
        EagerRefreshThreshold = 0.9,
        NegativeExpireAfterWrite = TimeSpan.FromSeconds(10),
        HardTimeout = TimeSpan.FromSeconds(5),
    };

    public ValueTask<Product?> FindAsync(int id, CancellationToken cancellationToken)
        => cache.GetOrAddAsync(id, static (load, catalog) => catalog.LoadAsync(load), this, options: null, cancellationToken);

    /// <summary>Changes the source first: a load that is under way now does not keep what it has read before.</summary>
    /// <returns>The product's brand; null if there is no such product.</returns>
    public string? SetPrice(int id, decimal price)
    {
        string? brand = source.SetPrice(id, price);
        cache.TryRemove(id);
        return brand;
    }

    /// <summary>Forgets all products of a brand at once, however many there are.</summary>
    public void Forget(string brand) => cache.RemoveByTag(TagOf(brand));

    private static string TagOf(string brand) => $"brand:{brand}";

    private async ValueTask<Product?> LoadAsync(LoadContext<int, Product?> load)
    {
        Product? product = await source.FindAsync(load.Key, load.CancellationToken);
        load.IsNegative = product is null;
        if (product is not null)
        {
            load.Entry = caches.GetEntryOptions(CacheName, "product") with { Tags = [TagOf(product.Brand)] };
        }

        return product;
    }
}
