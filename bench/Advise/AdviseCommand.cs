using System.CommandLine;
using FastCache.Bench.CommandLine;
using FastCache.Bench.HitRate;
using FastCache.Bench.Reporting.Html;

namespace FastCache.Bench.Advise;

internal static class AdviseCommand
{
    public static Command Create()
    {
        Option<string> trace = new("--trace")
        {
            Description = $"Trace of the requests to the cache that is to be sized. {TraceFile.Formats}",
            HelpName = "FILE",
            Required = true,
        };
        Option<int[]> capacities = CommonOptions.Counts("--capacity", "N", "Capacities to look at. Default: 11, each twice the one before, up to all keys.");
        Option<int?> current = CommonOptions.OptionalCount("--current", "N", "The capacity in use: what half of it and twice as much would give.");
        Option<double?> rate = Percent("--rate", "P", "Sampling rate in percent. Default: 10, more if that is less than 10,000 keys.", most: 100);
        Option<int> samples = CommonOptions.Count("--samples", "S", "Samples; the estimate is their mean, the range is shown.", 3);
        Option<double?> gain = Percent("--gain", "POINTS", "The points of hit rate that twice the room must bring to be recommended. Default: 2.", most: 100);
        Option<int?> limit = CommonOptions.OptionalCount("--limit", "REQUESTS", "Stop reading the trace after so many requests.");
        Option<bool> check = new("--check") { Description = "Replay the whole trace, too, and show how far the estimate is off." };
        Option<long> seed = new("--seed") { Description = "Seed of the samples and of FastCache's hash.", DefaultValueFactory = static _ => 1 };
        ReportSwitches output = new();

        Command command = new(
            "advise",
            "How large should this cache be? Estimates FastCache's hit rate by capacity from samples of a trace, for each eviction policy: what " +
            "twice the size would give, and from where on more is not worth it.")
        {
            trace, capacities, current, rate, samples, gain, limit, check, seed, output.Json, output.Html,
        };
        command.SetAction(output.Run((parsed, report) =>
        {
            int[] wanted = parsed.GetValue(capacities) ?? [];
            AdviseSettings settings = new(
                wanted.Length == 0 ? null : wanted,
                parsed.GetValue(current),
                parsed.GetValue(rate) / 100,
                parsed.GetValue(samples),
                (parsed.GetValue(gain) ?? 2) / 100,
                parsed.GetValue(check),
                parsed.GetValue(seed));
            return TraceFile.TryRead(report, parsed.GetRequiredValue(trace), parsed.GetValue(limit) ?? int.MaxValue) is { } read
                ? new AdviseRun(report, read, settings).Execute()
                : 1;
        }));
        return command;
    }

    private static Option<double?> Percent(string name, string helpName, string description, double most)
    {
        Option<double?> option = new(name) { Description = description, HelpName = helpName };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } value && !(value > 0 && value <= most))
            {
                result.AddError($"{name} must be above 0 and at most {most}; it is {value}.");
            }
        });
        return option;
    }
}
