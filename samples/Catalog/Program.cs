using System.Text.Json;
using FastCache.Persistence;
using FastCache.Samples.Catalog;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Diagnostics.HealthChecks;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);

// Limits, lifetimes and directories are in appsettings.json.
builder.Services.AddFastCache<int, Product?>(
    ProductCatalog.CacheName,
    options => options.Loading = ProductCatalog.Loading,
    configureLog: log => log.ValueSerializer = LogSerializer.Json(ProductJson.Default.Product, version: 1)!);
builder.Services.AddFastCacheMemoryCache();
builder.Services.AddFastCacheDistributedCache();
builder.Services.AddFastCacheHybridCache();
builder.Services.AddKeyedSingleton<JsonSerializerOptions>(typeof(IHybridCacheSerializer<>), ProductJson.Default.Options);
builder.Services.AddHealthChecks().AddFastCache(failureStatus: HealthStatus.Degraded);

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<ProductSource>();
builder.Services.AddSingleton<ProductCatalog>();
builder.Services.AddSingleton<PriceLists>();
builder.Services.AddSingleton<PrometheusText>();

WebApplication app = builder.Build();

// From the beginning: what nobody listens to is not measured.
app.Services.GetRequiredService<PrometheusText>();

app.MapProducts();
app.MapBrands();
app.MapBaskets();
app.MapGet("/metrics", (PrometheusText text) => Results.Text(text.Scrape(), "text/plain; version=0.0.4"));
app.MapHealthChecks("/health", new HealthCheckOptions
{
    ResponseWriter = static (context, report) => context.Response.WriteAsJsonAsync(new
    {
        Status = report.Status.ToString(),
        Checks = report.Entries.ToDictionary(static entry => entry.Key, static entry => new { entry.Value.Description, entry.Value.Data }),
    }),
});

app.Run();
