#!/usr/bin/env dotnet
#:property PublishAot=false
// Line and branch coverage of src/FastCache by all tests together.
//
//   dotnet run eng/coverage.cs                    runs the tests, prints a line a file, worst first
//   dotnet run eng/coverage.cs -- --uncovered     names the lines and branches that no test reached, too
//   dotnet run eng/coverage.cs -- --no-run        prints what the last run measured
//
// The exit code is 1 if a test fails, or below 95 % of the lines or 90 % of the branches.

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

const double LinesWanted = 95;
const double BranchesWanted = 90;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string[] projects = ["tests/Unit", "tests/Properties"];
string root = Path.GetDirectoryName((string)AppContext.GetData("EntryPointFileDirectoryPath")!)!;
string reports = Path.Combine(root, "artifacts", "coverage");

if (args.Except(["--uncovered", "--no-run"]).Any())
{
    Console.Error.WriteLine("Usage: dotnet run eng/coverage.cs [-- [--uncovered] [--no-run]]");
    return 1;
}

if (!args.Contains("--no-run") && !RunTests())
{
    return 1;
}

var files = new SortedDictionary<string, FileCoverage>(StringComparer.Ordinal);
foreach (string report in Directory.EnumerateFiles(reports, "coverage.json", SearchOption.AllDirectories))
{
    Merge(report);
}

return Print(listUncovered: args.Contains("--uncovered")) ? 0 : 1;

bool RunTests()
{
    if (Directory.Exists(reports))
    {
        Directory.Delete(reports, recursive: true);
    }

    bool passed = true;
    foreach (string project in projects)
    {
        using var test = Process.Start(new ProcessStartInfo("dotnet", [
            "test", project, "-c", "Release", "--nologo", "-v", "quiet", "--collect", "XPlat Code Coverage",
            "--settings", "eng/coverage.runsettings", "--results-directory", Path.Combine(reports, Path.GetFileName(project))])
        {
            WorkingDirectory = root,
        })!;
        test.WaitForExit();
        passed &= test.ExitCode == 0;
    }

    return passed;
}

// A report is module -> file -> class -> method -> lines and branches. All reports are of the same build, so equal
// names are the same code.
void Merge(string report)
{
    using var document = JsonDocument.Parse(File.ReadAllBytes(report));
    foreach (JsonProperty file in document.RootElement.EnumerateObject().SelectMany(static module => module.Value.EnumerateObject()))
    {
        string name = Path.GetRelativePath(root, file.Name);
        if (!files.TryGetValue(name, out FileCoverage? coverage))
        {
            files[name] = coverage = new FileCoverage();
        }

        foreach (JsonProperty method in file.Value.EnumerateObject().SelectMany(static type => type.Value.EnumerateObject()))
        {
            coverage.Add(method);
        }
    }
}

bool Print(bool listUncovered)
{
    Console.WriteLine($"{"line %",8}{"branch %",10}{"lines",12}{"branches",12}  file");
    foreach ((string name, FileCoverage file) in files.Where(static file => file.Value.Share < 1).OrderBy(static file => file.Value.Share))
    {
        PrintRow(name, file.CoveredLines, file.HitsByLine.Count, file.CoveredBranches, file.HitsByBranch.Count);
        if (listUncovered)
        {
            PrintUncovered("lines", file.HitsByLine.Where(static line => line.Value == 0).Select(static line => $"{line.Key.Line}"));
            PrintUncovered("branches", file.HitsByBranch.Where(static branch => branch.Value == 0)
                .Select(static branch => $"{branch.Key.Line}:{branch.Key.Path}"));
        }
    }

    int lines = files.Values.Sum(static file => file.HitsByLine.Count);
    int coveredLines = files.Values.Sum(static file => file.CoveredLines);
    int branches = files.Values.Sum(static file => file.HitsByBranch.Count);
    int coveredBranches = files.Values.Sum(static file => file.CoveredBranches);
    Console.WriteLine($"{"",44}{files.Values.Count(static file => file.Share == 1)} more files: all of them");
    PrintRow("total", coveredLines, lines, coveredBranches, branches);

    bool isEnough = lines > 0 && Percent(coveredLines, lines) >= LinesWanted && Percent(coveredBranches, branches) >= BranchesWanted;
    Console.WriteLine($"{(isEnough ? "Enough" : "Too little")}: wanted are {LinesWanted} % of the lines and {BranchesWanted} % of the branches.");
    return isEnough;
}

static void PrintRow(string name, int coveredLines, int lines, int coveredBranches, int branches) => Console.WriteLine(
    $"{Percent(coveredLines, lines),8:F1}{Percent(coveredBranches, branches),10:F1}"
    + $"{$"{coveredLines}/{lines}",12}{$"{coveredBranches}/{branches}",12}  {name}");

static void PrintUncovered(string what, IEnumerable<string> places)
{
    string list = string.Join(' ', places);
    if (list.Length > 0)
    {
        Console.WriteLine($"{"",44}{what} {list}");
    }
}

static double Percent(int covered, int of) => of == 0 ? 100 : 100.0 * covered / of;

/// <summary>How often the lines and branches of one source file were reached, over all reports.</summary>
internal sealed class FileCoverage
{
    /// <summary>Calls by line and method: a lambda shares its line with the method around it.</summary>
    public SortedDictionary<(int Line, string Method), long> HitsByLine { get; } = [];

    public SortedDictionary<(int Line, int Offset, int Path, string Method), long> HitsByBranch { get; } = [];

    public int CoveredLines => HitsByLine.Values.Count(static hits => hits > 0);

    public int CoveredBranches => HitsByBranch.Values.Count(static hits => hits > 0);

    public double Share => (double)(CoveredLines + CoveredBranches) / (HitsByLine.Count + HitsByBranch.Count);

    public void Add(JsonProperty method)
    {
        foreach (JsonProperty line in method.Value.GetProperty("Lines").EnumerateObject())
        {
            var key = (int.Parse(line.Name, CultureInfo.InvariantCulture), method.Name);
            HitsByLine[key] = HitsByLine.GetValueOrDefault(key) + line.Value.GetInt64();
        }

        foreach (JsonElement branch in method.Value.GetProperty("Branches").EnumerateArray())
        {
            var key = (Number("Line"), Number("Offset"), Number("Path"), method.Name);
            HitsByBranch[key] = HitsByBranch.GetValueOrDefault(key) + branch.GetProperty("Hits").GetInt64();

            int Number(string property) => branch.GetProperty(property).GetInt32();
        }
    }
}
