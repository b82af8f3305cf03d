using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace FastCache.Bench.Bdn;

internal static class BdnCommand
{
    public static Command Create()
    {
        Option<bool> full = new("--full")
        {
            Description = "Every size and key type of the suites: almost five times as many cases.",
        };
        Command command = new(
            "bdn",
            "The BenchmarkDotNet suites. Of the cache: lookup (present, absent, by span), update, get-or-add (hit, miss), insert with " +
            "eviction, read-through, mixed, expiry, weight, async, bulk, stampede, enumeration; of the facades: hit, insert, distributed, hybrid; of its parts: table, frequency sketch, " +
            "eviction rings, timer wheel; of the log: LZ4, CRC32C, append, recovery. " +
            "All switches of BenchmarkDotNet are passed on, for example: bdn --filter '*Lookup*' --job short. Its own list of " +
            "switches: bdn -- --help. Run it inside the repository: the suites are built from there as a program of their own " +
            "(with --inProcess they are not). Results go to BenchmarkDotNet.Artifacts. " +
            "All suites in fifteen to twenty minutes: bdn --filter '*' --job short --iterationCount 7 --iterationTime 250.")
        {
            full,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed =>
        {
            BdnScale.IsFull = parsed.GetValue(full);
            BenchmarkSwitcher suites = BenchmarkSwitcher.FromAssembly(typeof(BdnCommand).Assembly);
            IConfig config = DefaultConfig.Instance.AddFilter(new SimpleFilter(static candidate => IsWanted(candidate.Descriptor.Type)));
            Summary[] summaries = [.. suites.Run([.. parsed.UnmatchedTokens], config)];
            foreach (BenchmarkReport report in summaries.SelectMany(static summary => summary.Reports).Where(static report => !report.Success))
            {
                Console.Error.WriteLine($"INVALID: {report.BenchmarkCase.DisplayInfo}");
            }

            bool isValid = !Verify.HasFailed && summaries.All(static summary => summary.Reports.All(static report => report.Success));
            return isValid ? 0 : 1;
        });
        return command;
    }

    /// <summary>Type arguments cannot come from a source as parameters can.</summary>
    private static bool IsWanted(Type suite) => BdnScale.IsFull || suite.GenericTypeArguments.All(KeyFactory.IsCommon);
}
