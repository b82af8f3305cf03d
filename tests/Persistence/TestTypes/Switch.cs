using System.Globalization;

namespace FastCache.Tests.Persistence.TestTypes;

/// <summary>Numbers that a test takes from the environment.</summary>
internal static class Switch
{
    public static long Number(string variable, long byDefault) =>
        long.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out long asked) ? asked : byDefault;
}
