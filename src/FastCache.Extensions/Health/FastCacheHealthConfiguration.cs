using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FastCache.Extensions.Health;

/// <summary>Reads thresholds from the application's configuration, if it has one.</summary>
internal sealed class FastCacheHealthConfiguration(IServiceProvider services) : IConfigureOptions<FastCacheHealthOptions>
{
    private const string Section = "FastCache:Health";

    public void Configure(FastCacheHealthOptions options) => services.GetService<IConfiguration>()?.GetSection(Section).Bind(options);
}
