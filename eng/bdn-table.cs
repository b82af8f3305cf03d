#!/usr/bin/env dotnet
#:property PublishAot=false
// The results of a run of "bench bdn" as Markdown: the machine once, then a table a suite, without the columns that say little.
//
//   dotnet run eng/bdn-table.cs                       reads BenchmarkDotNet.Artifacts/results
//   dotnet run eng/bdn-table.cs -- DIR                reads the reports in another directory
//
// The exit code is 1 if there is no report.

string[] dropped = ["Error", "Median", "RatioSD", "Gen0", "Gen1", "Gen2", "Alloc Ratio", "InvocationCount", "UnrollFactor", "Job"];
const string Suffix = "-report-github.md";
const string Fence = "```";

string directory = args is [string given] ? given : Path.Combine("BenchmarkDotNet.Artifacts", "results");
string[] reports = Directory.Exists(directory) ? [.. Directory.GetFiles(directory, $"*{Suffix}").Order(StringComparer.Ordinal)] : [];
if (args.Length > 1 || reports.Length == 0)
{
    Console.Error.WriteLine($"Usage: dotnet run eng/bdn-table.cs [-- DIR]; {directory} has no reports.");
    return 1;
}

bool isFirst = true;
foreach (string report in reports)
{
    string[] lines = File.ReadAllLines(report);
    if (isFirst)
    {
        PrintMachine(lines);
        isFirst = false;
    }

    Console.WriteLine();
    Console.WriteLine($"### {SuiteOf(report)}");
    Console.WriteLine();
    PrintTable([.. lines.Where(static line => line.StartsWith('|')).Select(static line => WithoutBold(line).Trim('|').Split('|'))]);
}

return 0;

// FastCache.Bench.Bdn.LookupBenchmarks_Int64_ is Lookup (Int64).
static string SuiteOf(string report)
{
    string type = Path.GetFileName(report)[..^Suffix.Length].Split('.')[^1];
    string[] parts = type.Split('_', 2);
    string suite = parts[0].Replace("Benchmarks", "", StringComparison.Ordinal);
    return parts.Length == 1 ? suite : $"{suite} ({parts[1].Trim('_').Replace('_', ' ')})";
}

// BenchmarkDotNet sets the first row of each set of parameters in bold.
static string WithoutBold(string line) => line.Replace("**", "", StringComparison.Ordinal);

static void PrintMachine(string[] lines)
{
    Console.WriteLine(Fence);
    foreach (string line in lines.SkipWhile(static line => line != Fence).Skip(1).TakeWhile(static line => line != Fence))
    {
        if (line.Length > 0)
        {
            Console.WriteLine(line);
        }
    }

    Console.WriteLine(Fence);
}

// The first row has the names, the second the dashes.
void PrintTable(string[][] rows)
{
    int[] kept = [.. Enumerable.Range(0, rows[0].Length).Where(column => !dropped.Contains(rows[0][column].Trim()))];
    foreach (string[] row in rows)
    {
        Console.WriteLine($"|{string.Join('|', kept.Select(column => row[column]))}|");
    }
}
