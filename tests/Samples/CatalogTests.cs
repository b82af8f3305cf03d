using System.Globalization;
using System.Net;
using System.Text.Json;
using FastCache.Tests.Persistence.Storage;
using Xunit;

namespace FastCache.Tests.Samples;

/// <summary>The sample service over HTTP: in use, restarted, killed.</summary>
public sealed class CatalogTests : IDisposable
{
    // Milliseconds; on a busy machine it takes a process seconds to start.
    private const int Watchdog = 120_000;
    private const int Products = 20;

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact(Timeout = Watchdog)]
    public async Task It_serves_from_its_caches_and_says_how_they_are()
    {
        using CatalogProcess service = await StartAsync();

        string[] together = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => GetAsync(service, "/products/7")));
        Assert.Equal("""{"id":7,"name":"Product 7","brand":"umbrella","price":7}""", Assert.Single(together.Distinct()));
        Assert.Equal(1, await CallsAsync(service));

        string page = await GetAsync(service, "/pages/7");
        Assert.StartsWith("Product 7 by umbrella: 7", page, StringComparison.Ordinal);
        Assert.Equal(page, await GetAsync(service, "/pages/7"));
        Assert.Equal(5, await CallsAsync(service));

        Assert.Equal(HttpStatusCode.NotFound, (await service.Http.GetAsync("/products/5000", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await service.Http.GetAsync("/products/5000", Cancellation)).StatusCode);
        Assert.Equal(6, await CallsAsync(service));

        await ChangeAsync(service, HttpMethod.Put, "/products/7/price?price=9.5");
        Assert.Contains("\"price\":9.5", await GetAsync(service, "/products/7"), StringComparison.Ordinal);

        string[] lists = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => GetAsync(service, "/brands/acme?below=12")));
        Assert.Equal(PriceList(fourCosts: "4"), Assert.Single(lists.Distinct()));
        Assert.Equal(lists[0], await GetAsync(service, "/brands/acme?below=12"));
        Assert.Equal(8, await CallsAsync(service));

        JsonElement health = await HealthAsync(service);
        Assert.Equal("Healthy", health.GetProperty("status").GetString());
        JsonElement check = health.GetProperty("checks").GetProperty("fastcache");
        Assert.Equal("4 caches are well.", check.GetProperty("description").GetString());
        Assert.Equal(6, check.GetProperty("data").GetProperty("products.entries").GetInt64());

        Dictionary<string, double> metrics = await MetricsAsync(service);
        Assert.Equal(6, metrics["""dotnet_cache_entries{dotnet_cache_name="products"}"""]);
        Assert.Equal(1, metrics["""dotnet_cache_requests_total{dotnet_cache_name="memory",dotnet_cache_request_result="hit"}"""]);
        Assert.Equal(1, metrics["""dotnet_cache_entries{dotnet_cache_name="hybrid"}"""]);
        Assert.True(metrics["""dotnet_cache_requests_total{dotnet_cache_name="hybrid",dotnet_cache_request_result="hit"}"""] > 0);
        Assert.Equal(7, metrics["""fastcache_load_duration_seconds_count{fastcache_load_kind="foreground",fastcache_load_result="success",dotnet_cache_name="products"}"""]);
        Assert.True(metrics["""fastcache_log_size{dotnet_cache_name="distributed"}"""] > 0);
        Assert.Equal(0, await service.StopAsync());
    }

    [Fact(Timeout = Watchdog)]
    public async Task A_changed_price_is_in_every_price_list_of_its_brand_and_other_brands_keep_theirs()
    {
        using CatalogProcess service = await StartAsync();
        Assert.Equal(PriceList(fourCosts: "4"), await GetAsync(service, "/brands/acme?below=12"));
        string below6 = await GetAsync(service, "/brands/acme?below=6");
        string others = await GetAsync(service, "/brands/umbrella?below=12");
        Assert.Equal(3, await CallsAsync(service));

        await ChangeAsync(service, HttpMethod.Put, "/products/4/price?price=9.5");

        Assert.Equal(PriceList(fourCosts: "9.5"), await GetAsync(service, "/brands/acme?below=12"));
        Assert.NotEqual(below6, await GetAsync(service, "/brands/acme?below=6"));
        Assert.Equal(others, await GetAsync(service, "/brands/umbrella?below=12"));
        Assert.Equal(5, await CallsAsync(service));
        using HttpResponseMessage unknown = await service.Http.PutAsync("/products/5000/price?price=1", content: null, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact(Timeout = Watchdog)]
    public async Task After_a_stop_it_is_warm_and_what_was_removed_stays_removed()
    {
        string[] before;
        using (CatalogProcess service = await StartAsync())
        {
            before = await GetProductsAsync(service);
            await GetAsync(service, "/brands/acme");
            await GetAsync(service, "/brands/umbrella");
            await ChangeAsync(service, HttpMethod.Put, "/baskets/ada", "[7,8]");
            await ChangeAsync(service, HttpMethod.Put, "/baskets/bob", "[1]");
            await ChangeAsync(service, HttpMethod.Delete, "/baskets/bob");
            await ChangeAsync(service, HttpMethod.Delete, "/brands/acme");
            Assert.Equal(0, await service.StopAsync());
            await service.AwaitLineAsync("'products' in", "was brought to the disk and closed");
        }

        using CatalogProcess again = await StartAsync();

        Assert.Equal(before, await GetProductsAsync(again));
        Assert.Equal(Products / 4, await CallsAsync(again));
        await GetAsync(again, "/brands/umbrella");
        Assert.Equal(Products / 4, await CallsAsync(again));
        await GetAsync(again, "/brands/acme");
        Assert.Equal((Products / 4) + 1, await CallsAsync(again));
        Assert.Equal("[7,8]", await GetAsync(again, "/baskets/ada"));
        Assert.Equal(HttpStatusCode.NotFound, (await again.Http.GetAsync("/baskets/bob", Cancellation)).StatusCode);
        Assert.Equal("Healthy", (await HealthAsync(again)).GetProperty("status").GetString());
        Assert.Equal(
            Products - (Products / 4),
            (await MetricsAsync(again))["""dotnet_cache_requests_total{dotnet_cache_name="products",dotnet_cache_request_result="hit"}"""]);
    }

    [Fact(Timeout = Watchdog)]
    public async Task After_a_kill_it_has_every_basket_of_which_it_had_said_so_the_products_that_were_written_and_no_price_list_that_was_removed()
    {
        string[] before;
        using (CatalogProcess service = await StartAsync())
        {
            before = await GetProductsAsync(service);
            while ((await MetricsAsync(service))["""fastcache_log_pending{dotnet_cache_name="products"}"""] > 0)
            {
                // Asked again: it is written within the interval of the log.
            }

            await GetAsync(service, "/brands/acme");
            await ChangeAsync(service, HttpMethod.Put, "/baskets/ada", "[7,8]");
            await ChangeAsync(service, HttpMethod.Put, "/products/1000/price?price=1");
            await service.KillAsync();
        }

        using CatalogProcess again = await StartAsync();

        Assert.Equal("[7,8]", await GetAsync(again, "/baskets/ada"));
        Assert.Equal(before, await GetProductsAsync(again));
        Assert.Equal(0, await CallsAsync(again));
        await GetAsync(again, "/brands/acme");
        Assert.Equal(1, await CallsAsync(again));
        Assert.Equal("Healthy", (await HealthAsync(again)).GetProperty("status").GetString());
    }

    private static string PriceList(string fourCosts)
        => $$"""{"brand":"acme","below":12,"products":[{"id":4,"name":"Product 4","brand":"acme","price":{{fourCosts}}},{"id":8,"name":"Product 8","brand":"acme","price":8}]}""";

    private static async Task<string[]> GetProductsAsync(CatalogProcess service)
        => await Task.WhenAll(Enumerable.Range(1, Products).Select(id => GetAsync(service, $"/products/{id}")));

    private static async Task<long> CallsAsync(CatalogProcess service)
    {
        using JsonDocument answer = JsonDocument.Parse(await GetAsync(service, "/source"));
        return answer.RootElement.GetProperty("calls").GetInt64();
    }

    private static async Task<JsonElement> HealthAsync(CatalogProcess service)
    {
        using JsonDocument answer = JsonDocument.Parse(await GetAsync(service, "/health"));
        return answer.RootElement.Clone();
    }

    private static async Task<Dictionary<string, double>> MetricsAsync(CatalogProcess service)
        => (await GetAsync(service, "/metrics")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => line.Split(' '))
            .ToDictionary(static parts => parts[0], static parts => double.Parse(parts[1], CultureInfo.InvariantCulture));

    private static async Task ChangeAsync(CatalogProcess service, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body) };
        using HttpResponseMessage answer = await service.Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static Task<string> GetAsync(CatalogProcess service, string path) => service.Http.GetStringAsync(path, Cancellation);

    private Task<CatalogProcess> StartAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Stopping a process in order takes a signal.");
        return CatalogProcess.StartAsync(_directory.Path, Cancellation);
    }
}
