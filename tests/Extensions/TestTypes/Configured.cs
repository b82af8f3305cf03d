using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FastCache.Tests.Extensions.TestTypes;

/// <summary>Services that have a configuration.</summary>
internal static class Configured
{
    /// <param name="settings">As in a configuration file, levels divided by colons.</param>
    public static IServiceCollection Services(params (string Key, string? Value)[] settings)
        => new ServiceCollection().AddSingleton<IConfiguration>(Of(settings));

    /// <inheritdoc cref="Services"/>
    public static IConfigurationRoot Of(params (string Key, string? Value)[] settings)
        => new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(static one => one.Key, static one => one.Value)).Build();
}
