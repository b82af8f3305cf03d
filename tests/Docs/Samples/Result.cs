using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace FastCache.Tests.Docs.Samples;

/// <summary>Called by samples: see <see cref="ResultComments"/>.</summary>
public static class Result
{
    /// <summary>Whether a value is as the page says.</summary>
    /// <param name="value">The value.</param>
    /// <param name="expected">Its text, as a literal or as it is printed.</param>
    /// <param name="page">The page.</param>
    /// <param name="line">The line there.</param>
    /// <returns>The value.</returns>
    public static T Is<T>(T value, string expected, [CallerFilePath] string page = "", [CallerLineNumber] int line = 0)
        => expected == Printed(value) || expected == Literal(value)
            ? value
            : throw new SampleException($"{page}:{line}: the page says {expected}, the value is {Literal(value)}.");

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
