using System.Text;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Samples.Catalog;

/// <summary>Products as JSON, and a page that is rendered once a minute.</summary>
internal static class ProductEndpoints
{
    public static void MapProducts(this IEndpointRouteBuilder app)
    {
        app.MapGet("/products/{id:int}", async (int id, ProductCatalog catalog, CancellationToken cancellationToken)
            => await catalog.FindAsync(id, cancellationToken) is { } product ? Results.Ok(product) : Results.NotFound());

        // Without the request's token: who goes away before the end has changed the price all the same.
        app.MapPut("/products/{id:int}/price", async (int id, decimal price, ProductCatalog catalog, PriceLists lists) =>
        {
            if (catalog.SetPrice(id, price) is not { } brand)
            {
                return Results.NotFound();
            }

            await lists.ForgetAsync(brand);
            return Results.NoContent();
        });

        // The policy "page" of the settings says how long: the first segment of the key is its name.
        app.MapGet("/pages/{first:int}", async (int first, IMemoryCache pages, ProductCatalog catalog, CancellationToken cancellationToken)
            => await pages.GetOrCreateAsync($"page:{first}", _ => RenderAsync(first, catalog, cancellationToken)));

        app.MapGet("/source", (ProductSource source) => new { source.Calls });
    }

    private static async Task<string> RenderAsync(int first, ProductCatalog catalog, CancellationToken cancellationToken)
    {
        const int OnPage = 5;
        var page = new StringBuilder();
        for (int id = first; id < first + OnPage; id++)
        {
            if (await catalog.FindAsync(id, cancellationToken) is { } product)
            {
                page.AppendLine($"{product.Name} by {product.Brand}: {product.Price}");
            }
        }

        return page.ToString();
    }
}
