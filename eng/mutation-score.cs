#!/usr/bin/env dotnet
#:property PublishAot=false
// How many of the mistakes that Stryker makes in the self-contained structures the unit tests notice.
//
//   dotnet run eng/mutation-score.cs                          runs all groups, prints a line a file
//   dotnet run eng/mutation-score.cs -- table                 runs one group: eviction, table, rules, wheel
//   dotnet run eng/mutation-score.cs -- --survivors           names the mutants that no test noticed, too
//   dotnet run eng/mutation-score.cs -- --no-run              prints what the last runs found
//
// The exit code is 1 below 85 % over all files of the groups asked for. Before the first run: dotnet tool restore. A run takes some
// 30 minutes on two cores. Not counted: >>> in the place of >>, which is the same
// where nothing negative is shifted (AdaptiveWindow shifts something negative; there a test notices).

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

const double ScoreWanted = 85;

// Each group is one run with only the tests that have to do with it: a test that is slow once Stryker notes what it reaches ends the noting
// for all that follow. Where many are, nothing is noted, and every mutant meets every test of the group.
Group[] groups =
[
    new(
        "eviction",
        ["Eviction.AdaptiveWindow", "Eviction.ClockPolicy", "Eviction.FifoPolicy", "Eviction.FrequencySketch", "Eviction.GhostTable",
            "Eviction.PositionChunks", "Eviction.PositionQueue", "Eviction.SlotQueues"],
        ["Eviction/AdaptiveWindow.cs", "Eviction/ClockPolicy.cs", "Eviction/FifoPolicy.cs", "Eviction/FrequencySketch.cs",
            "Eviction/GhostTable.cs", "Eviction/PositionChunks.cs", "Eviction/PositionQueue.cs", "Eviction/SlotQueues.cs"]),
    new(
        "table",
        ["Table.TagGroup", "Table.KeyHash", "Table.StringHash", "Table.HashS", "Table.Place", "Table.TableSize", "ShardLayoutTests",
            "WeightLayoutTests", "StripedCountersTests"],
        ["Table/HashSecrets.cs", "Table/KeyHash.cs", "Table/KeyHasher.cs", "Table/Place.cs", "Table/StringHash.cs", "Table/TableSize.cs",
            "Table/TagGroup.cs", "Table/TagGroups.cs", "Sharding/ShardLayout.cs", "Diagnostics/StripedCounters.cs"]),
    new(
        "rules",
        ["Unit.Timing", "Expiry.ExpiryAbsence", "Expiry.ExpiryOptions", "Expiry.ExpiryMoment", "Expiry.ExpiryDuration",
            "Expiry.ExpiryComputed", "Journaling.RestoredLife", "Expiry.ExpiryJitter", "Expiry.ExpiryChange", "Loading.StaleEntry", "Loading.BackgroundLoad"],
        ["Expiration/ExpiryRules.cs", "Timing/Lifetime.cs", "Timing/Tick.cs", "Timing/TickCell.cs"]),
    new("wheel", ["Expiration.TimerWheel"], ["Expiration/TimerWheel.cs"], NotesReach: false),
];

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string root = Path.GetDirectoryName((string)AppContext.GetData("EntryPointFileDirectoryPath")!)!;
string[] names = [.. args.Where(static arg => !arg.StartsWith("--", StringComparison.Ordinal))];
Group[] chosen = names.Length == 0 ? groups : [.. groups.Where(group => names.Contains(group.Name))];
if (args.Except(["--survivors", "--no-run", .. groups.Select(static group => group.Name)]).Any())
{
    Console.Error.WriteLine("Usage: dotnet run eng/mutation-score.cs [-- [eviction] [table] [rules] [wheel] [--survivors] [--no-run]]");
    return 1;
}

int noticed = 0;
int all = 0;
foreach (Group group in chosen)
{
    string report = Path.Combine(root, "artifacts", "mutation", group.Name);
    if (!args.Contains("--no-run") && !Run(group, report))
    {
        return 1;
    }

    Print(Path.Combine(report, "reports", "mutation-report.json"), listSurvivors: args.Contains("--survivors"));
}

PrintRow("total", noticed, all);
return Percent(noticed, all) >= ScoreWanted ? 0 : 1;

bool Run(Group group, string report)
{
    // In the project's own folder: beside a solution Stryker takes no list of test projects.
    using var stryker = Process.Start(new ProcessStartInfo("dotnet", [
        "stryker", "-f", $"../../eng/stryker-{(group.NotesReach ? "config" : "all-tests-config")}.json", "--skip-version-check", "-O", report,
        "--test-case-filter", string.Join('|', group.Tests.Select(static test => $"FullyQualifiedName~{test}")),
        .. group.Files.SelectMany(static file => new[] { "-m", file })])
    {
        WorkingDirectory = Path.Combine(root, "src", "FastCache"),
    })!;
    stryker.WaitForExit();
    return stryker.ExitCode == 0;
}

void Print(string report, bool listSurvivors)
{
    using var document = JsonDocument.Parse(File.ReadAllBytes(report));
    foreach (JsonProperty file in document.RootElement.GetProperty("files").EnumerateObject())
    {
        JsonElement[] mutants = [.. file.Value.GetProperty("mutants").EnumerateArray().Where(static mutant => !IsUnsignedShift(mutant))];
        JsonElement[] survivors = [.. mutants.Where(static mutant => Status(mutant) is "Survived" or "NoCoverage")];
        int killed = mutants.Count(static mutant => Status(mutant) is "Killed" or "Timeout");
        if (killed + survivors.Length == 0)
        {
            continue;
        }

        noticed += killed;
        all += killed + survivors.Length;
        PrintRow(Path.GetRelativePath(root, Path.Combine(root, "src", "FastCache", file.Name)), killed, killed + survivors.Length);
        if (listSurvivors)
        {
            string[] lines = file.Value.GetProperty("source").GetString()!.Split('\n');
            Array.ForEach(survivors, mutant => PrintSurvivor(mutant, lines));
        }
    }
}

static void PrintSurvivor(JsonElement mutant, string[] lines)
{
    JsonElement start = mutant.GetProperty("location").GetProperty("start");
    int line = start.GetProperty("line").GetInt32();
    string replacement = mutant.GetProperty("replacement").GetString()!.ReplaceLineEndings(" ");
    Console.WriteLine($"{"",20}{line}:{start.GetProperty("column").GetInt32()} {mutant.GetProperty("mutatorName").GetString()}");
    Console.WriteLine($"{"",24}{lines[line - 1].Trim()}");
    Console.WriteLine($"{"",24}-> {replacement}");
}

// There is no >>> in the sources themselves.
static bool IsUnsignedShift(JsonElement mutant) => mutant.GetProperty("replacement").GetString()!.Contains(">>>", StringComparison.Ordinal);

static string? Status(JsonElement mutant) => mutant.GetProperty("status").GetString();

static void PrintRow(string name, int noticed, int all) => Console.WriteLine($"{Percent(noticed, all),8:F1} %{$"{noticed}/{all}",10}  {name}");

static double Percent(int noticed, int all) => all == 0 ? 100 : 100.0 * noticed / all;

/// <summary>What one run of Stryker changes, and the tests that have to notice.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tests">Parts of the full names of the tests.</param>
/// <param name="Files">The files, from the project's folder.</param>
/// <param name="NotesReach">Whether a mutant meets the tests that reach it only.</param>
internal sealed record Group(string Name, string[] Tests, string[] Files, bool NotesReach = true);
