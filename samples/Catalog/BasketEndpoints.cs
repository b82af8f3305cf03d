using Microsoft.Extensions.Caching.Distributed;

namespace FastCache.Samples.Catalog;

/// <summary>Baskets in a distributed cache with a log: who has been told that his basket is kept finds it after a restart, or a kill.</summary>
internal static class BasketEndpoints
{
    public static void MapBaskets(this IEndpointRouteBuilder app)
    {
        app.MapGet("/baskets/{id}", async (string id, IDistributedCache baskets, CancellationToken cancellationToken)
            => await baskets.GetStringAsync(KeyOf(id), cancellationToken) is { } basket ? Results.Text(basket) : Results.NotFound());

        app.MapPut("/baskets/{id}", async (string id, HttpRequest request, IDistributedCache baskets, CancellationToken cancellationToken) =>
        {
            using var reader = new StreamReader(request.Body);
            await baskets.SetStringAsync(KeyOf(id), await reader.ReadToEndAsync(cancellationToken), cancellationToken);
            return Results.NoContent();
        });

        app.MapDelete("/baskets/{id}", async (string id, IDistributedCache baskets, CancellationToken cancellationToken) =>
        {
            await baskets.RemoveAsync(KeyOf(id), cancellationToken);
            return Results.NoContent();
        });
    }

    // The policy "basket" of the settings says how long.
    private static string KeyOf(string id) => $"basket:{id}";
}
