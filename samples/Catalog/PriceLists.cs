using Microsoft.Extensions.Caching.Hybrid;

namespace FastCache.Samples.Catalog;

/// <summary>Price lists in a hybrid cache, with the distributed one behind it: after a restart they come from there.</summary>
/// <remarks>Each price that is asked for has a list of its own. A brand's tag removes all of them, whichever they are.</remarks>
internal sealed class PriceLists(HybridCache cache, ProductSource source)
{
    // The policy "prices" of the settings says how long.
    public ValueTask<PriceList> FindAsync(string brand, int below, CancellationToken cancellationToken)
        => cache.GetOrCreateAsync(
            $"prices:{brand}:{below}",
            (source, brand, below),
            static (query, token) => query.source.ListAsync(query.brand, query.below, token),
            tags: [TagOf(brand)],
            cancellationToken: cancellationToken);

    /// <summary>Forgets all lists of a brand: completes when that is on the disk, so that no restart brings them back.</summary>
    public ValueTask ForgetAsync(string brand) => cache.RemoveByTagAsync(TagOf(brand));

    private static string TagOf(string brand) => $"brand:{brand}";
}
