using System.Collections;
using System.Reflection;

namespace FastCache.Bench.Reporting.Html;

/// <summary>What else decides how fast code runs: settings in the environment, and which build it is.</summary>
internal static class RuntimeSettings
{
    // Of the compiler, the collector and the instruction sets; others say nothing about speed.
    private static readonly string[] Prefixes = ["DOTNET_gc", "DOTNET_Tiered", "DOTNET_TC", "DOTNET_ReadyToRun", "DOTNET_Enable", "DOTNET_OSR"];

    /// <summary>As <c>DOTNET_gcServer=1</c>, in the order of their names.</summary>
    public static IEnumerable<string> FromEnvironment() =>
        from variable in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        let name = (string)variable.Key
        where Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        orderby name
        select $"{name}={variable.Value}";

    /// <summary>The version with the commit, if the build knew it.</summary>
    public static string Build() =>
        typeof(EvictionPolicy).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";
}
