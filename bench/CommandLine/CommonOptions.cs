using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace FastCache.Bench.CommandLine;

/// <summary>The switches that several verbs share, so that they look and parse the same everywhere.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json")
    {
        Description = "One JSON object a line on standard output, nothing else there; progress goes to standard error.",
    };

    public static Option<bool> Quick(string effect) => new("--quick") { Description = effect };

    public static Option<int?> Shards() =>
        OptionalCount("--shards", "S", "Shards of FastCache: a power of two. Default: its own choice.");

    public static Option<EvictionPolicy> Policy() => new("--policy")
    {
        Description = "Eviction policy of FastCache.",
        HelpName = "frecency|lru|fifo",
        DefaultValueFactory = static _ => EvictionPolicy.Frecency,
    };

    /// <summary>A count that may be left out.</summary>
    public static Option<int?> OptionalCount(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = static result => ParseAll<int>(result, ParseCount) is [int count, ..] ? count : null,
    };

    /// <summary>A count such as 1500, 100K or 1M.</summary>
    public static Option<int> Count(string name, string helpName, string description, int byDefault) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => byDefault,
        CustomParser = static result => ParseAll<int>(result, ParseCount).FirstOrDefault(),
    };

    /// <summary>Counts such as 1K,100K; the switch may also be repeated.</summary>
    public static Option<int[]> Counts(string name, string helpName, string description, params int[] byDefault) => new(name)
    {
        Description = description,
        HelpName = $"{helpName}[,{helpName}...]",
        DefaultValueFactory = _ => byDefault,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = static result => ParseAll<int>(result, ParseCount),
    };

    /// <summary>Names from an enumeration, separated by commas, case and hyphens ignored.</summary>
    public static Option<TEnum[]> Names<TEnum>(string name, string description, params TEnum[] byDefault)
        where TEnum : struct, Enum => new(name)
        {
            Description = description,
            HelpName = string.Join('|', Enum.GetNames<TEnum>().Select(static member => member.ToLowerInvariant())),
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = _ => byDefault,
            CustomParser = static result => ParseAll<TEnum>(result, ParseName),
        };

    private delegate bool TryParse<T>(string text, out T value);

    private static T[] ParseAll<T>(ArgumentResult result, TryParse<T> tryParse)
    {
        List<T> values = [];
        foreach (string text in result.Tokens.SelectMany(static token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (!tryParse(text.Trim(), out T value))
            {
                result.AddError($"'{text}' is not a value that {(result.Parent as OptionResult)?.Option.Name ?? "this"} takes.");
                return [];
            }

            values.Add(value);
        }

        return [.. values];
    }

    private static bool ParseCount(string text, out int count)
    {
        int factor = char.ToUpperInvariant(text[^1]) switch { 'K' => 1_000, 'M' => 1_000_000, _ => 1 };
        ReadOnlySpan<char> digits = factor == 1 ? text : text.AsSpan(0, text.Length - 1);
        bool parsed = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        long product = (long)number * factor;
        count = (int)product;
        return parsed && product is > 0 and <= int.MaxValue;
    }

    private static bool ParseName<TEnum>(string text, out TEnum value)
        where TEnum : struct, Enum =>
        Enum.TryParse(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out value) && Enum.IsDefined(value);
}
