using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FastCache.Extensions.Registration;

/// <summary>Reads settings from the application's configuration, if it has one.</summary>
internal sealed class FastCacheConfiguration(IServiceProvider services) : IConfigureNamedOptions<FastCacheOptions>
{
    private const string Section = "FastCache";
    private const string Caches = "Caches";

    public void Configure(string? name, FastCacheOptions options)
    {
        if (services.GetService<IConfiguration>()?.GetSection(Section) is not { } section)
        {
            return;
        }

        section.Bind(options);
        if (!string.IsNullOrEmpty(name))
        {
            section.GetSection(Caches).GetSection(name).Bind(options);
        }
    }

    public void Configure(FastCacheOptions options) => Configure(Options.DefaultName, options);
}
