using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FastCache.Mutants;

/// <summary>Runs tests of a project that was built, and says which of them fail.</summary>
internal static partial class TestRun
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    // Each test prints a line when it ends. The slowest takes some seconds; more would be needed on a busy machine only.
    private static readonly TimeSpan HangSilence = TimeSpan.FromSeconds(30);

    /// <summary>Runs the selected tests of one project.</summary>
    public static IReadOnlyList<Failure> Run(string root, string project, IEnumerable<TestFilter> filters, out int passed)
    {
        string folder = Path.Combine(root, project);
        string program = Path.GetFileNameWithoutExtension(Directory.GetFiles(folder, "*.csproj").Single());
        string bin = Path.Combine(folder, "bin", "Release", "net10.0");
        string report = Path.Combine(bin, "mutant.trx");
        File.Delete(report);
        ShellResult result = Shell.Run(
            root,
            HangSilence,
            Path.Combine(bin, program),
            ["-reporter", "verbose", "-noColor", "-noLogo", "-trx", report, .. filters.SelectMany(filter => new[] { "-method", filter.Methods })]);
        if (!File.Exists(report))
        {
            passed = 0;
            string end = result.ExitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $"crash, {code}") : "hang";
            return [.. Names(Failed(), result.Output).Select(test => new Failure(test, Detail: null)), .. Unfinished(result.Output).Select(test => new Failure(test, end))];
        }

        ILookup<string, XElement> results = XDocument.Load(report).Descendants(Trx + "UnitTestResult").ToLookup(test => test.Attribute("outcome")!.Value);
        passed = results["Passed"].Count();
        return [.. results["Failed"].Select(test => new Failure(test.Attribute("testName")!.Value, SeedIn(test.Value))).DistinctBy(failure => failure.Method)];
    }

    /// <summary>The tests that have begun and not ended; if none has, something in the program that is no test.</summary>
    private static IEnumerable<string> Unfinished(string output)
        => Names(Started(), output).Except(Names(Finished(), output)).DefaultIfEmpty("no.test");

    private static IEnumerable<string> Names(Regex line, string output) => line.Matches(output).Select(match => match.Groups[1].Value);

    private static string? SeedIn(string message) => Seed().Match(message) is { Success: true } match ? $"seed {match.Value}" : null;

    [GeneratedRegex(@"^ *(\S.*) \[STARTING\]", RegexOptions.Multiline)]
    private static partial Regex Started();

    [GeneratedRegex(@"^ *(\S.*) \[FINISHED\]", RegexOptions.Multiline)]
    private static partial Regex Finished();

    [GeneratedRegex(@"^ *(\S.*) \[FAIL\]", RegexOptions.Multiline)]
    private static partial Regex Failed();

    // As FsCheck prints it, behind the number of shrinks.
    [GeneratedRegex(@"(?<=shrinks?\) )\(\d+,\d+\)")]
    private static partial Regex Seed();
}
