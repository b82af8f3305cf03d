using System.CommandLine;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace FastCache.Bench.Bdn;

internal static class BdnCommand
{
    public static Command Create()
    {
        Command command = new(
            "bdn",
            "The BenchmarkDotNet suites: lookup and update (long, Guid and string(20) keys), insert with eviction, read-through, " +
            "timer wheel. " +
            "All switches of BenchmarkDotNet are passed on, for example: bdn --filter '*Lookup*' --job short. Its own list of " +
            "switches: bdn -- --help. Run it inside the repository: each suite is built from there as a program of its own " +
            "(with --inProcess it is not). Results go to BenchmarkDotNet.Artifacts.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(parsed =>
        {
            BenchmarkSwitcher suites = BenchmarkSwitcher.FromAssembly(typeof(BdnCommand).Assembly);
            IEnumerable<Summary> summaries = suites.Run([.. parsed.UnmatchedTokens]);
            return summaries.All(static summary => summary.Reports.All(static report => report.Success)) ? 0 : 1;
        });
        return command;
    }
}
