namespace FastCache.Samples.Catalog;

/// <summary>What a brand sells, and how all of that is forgotten.</summary>
internal static class BrandEndpoints
{
    public static void MapBrands(this IEndpointRouteBuilder app)
    {
        app.MapGet("/brands/{brand}", async (string brand, PriceLists lists, CancellationToken cancellationToken, int below = 20)
            => Results.Ok(await lists.FindAsync(brand, below, cancellationToken)));

        app.MapDelete("/brands/{brand}", async (string brand, ProductCatalog catalog, PriceLists lists) =>
        {
            catalog.Forget(brand);
            await lists.ForgetAsync(brand);
            return Results.NoContent();
        });
    }
}
