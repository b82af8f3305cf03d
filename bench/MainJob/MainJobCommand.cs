using System.CommandLine;
using FastCache.Bench.CommandLine;
using FastCache.Bench.Reporting.Html;

namespace FastCache.Bench.MainJob;

internal static class MainJobCommand
{
    public static RootCommand Create()
    {
        Option<bool> quick = CommonOptions.Quick("Fewer requests and shorter turns: about half a minute, and rougher figures.");
        ReportSwitches output = new();
        RootCommand command = new(
            "How FastCache does on this machine beside ConcurrentDictionary, ConcurrentDictionary + FIFO and MemoryCache. Without a " +
            "verb: the main job, a look at everything in less than two minutes. The verbs measure one thing each, and more of it.")
        {
            quick, output.Json, output.Html,
        };
        command.SetAction(output.Run((parsed, report) =>
        {
            new MainJobRun(report, parsed.GetValue(quick) ? MainJobScale.Quick : MainJobScale.Full).Execute();
            return 0;
        }));
        return command;
    }
}
