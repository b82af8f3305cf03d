using System.Buffers;

namespace FastCache.Bench.Reporting.Html;

/// <summary>What to type to measure the same again: quoted, so that a shell takes it as it was.</summary>
internal static class RepeatCommand
{
    private const string Start = "dotnet run -c Release --project bench --";

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./,:=+@%");

    /// <param name="settings">Variables of the environment, such as <c>DOTNET_gcServer=1</c>, that the run had.</param>
    public static string Of(IEnumerable<string> arguments, IEnumerable<string> settings) =>
        string.Join(' ', [.. settings.Select(Quote), Start, .. arguments.Select(Quote)]);

    private static string Quote(string argument) => argument.Length > 0 && !argument.AsSpan().ContainsAnyExcept(Plain)
        ? argument
        : $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
