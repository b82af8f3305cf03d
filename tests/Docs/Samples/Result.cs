using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;

namespace FastCache.Tests.Docs.Samples;

/// <summary>Called by samples: see <see cref="ResultComments"/>.</summary>
public static class Result
{
    /// <summary>Where a result was looked at, in this process.</summary>
    internal static ConcurrentDictionary<string, bool> Reached { get; } = [];

    /// <summary>Whether a value is as the page says.</summary>
    /// <param name="value">The value.</param>
    /// <param name="expected">Its text, as a literal or as it is printed.</param>
    /// <param name="place">Page and line.</param>
    /// <returns>The value.</returns>
    public static T Is<T>(T value, string expected, string place)
    {
        Reached[place] = true;
        return expected == Printed(value) || expected == Literal(value)
            ? value
            : throw new SampleException($"{place}: the page says {expected}, the value is {Literal(value)}.");
    }

    private static string Literal(object? value)
        => value switch
        {
            null => "null",
            bool truth => truth ? "true" : "false",
            string text => $"\"{text}\"",
            IEnumerable elements => $"[{string.Join(", ", elements.Cast<object?>().Select(Literal))}]",
            _ => Printed(value),
        };

    private static string Printed(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
