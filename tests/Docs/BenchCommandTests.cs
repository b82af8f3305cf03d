using FastCache.Tests.Docs.Pages;
using Xunit;

namespace FastCache.Tests.Docs;

public class BenchCommandTests
{
    [Fact]
    public void Every_command_of_the_benchmark_program_names_verbs_and_switches_that_it_has()
    {
        IEnumerable<string> faults =
            from page in Page.ForUsers
            from block in page.Blocks("bash")
            from line in block.Code.Split('\n').Index()
            let fault = BenchSwitches.FindFault(line.Item)
            where fault is not null
            select $"{page.Path}:{block.Line + line.Index}: {fault}.";

        Assert.Empty(faults);
    }

    [Fact]
    public void So_does_every_mention_of_one_in_a_text()
    {
        IEnumerable<string> faults =
            from page in Page.ForUsers
            from line in page.Prose
            from mention in BenchSwitches.MentionsIn(line.Text)
            let fault = BenchSwitches.FindFault(mention)
            where fault is not null
            select $"{page.Path}:{line.Number}: {fault}.";

        Assert.Empty(faults);
        Assert.Equal(
            ["dotnet run -c Release --project bench -- memory", "dotnet run -c Release --project bench -- nothing --at-all"],
            BenchSwitches.MentionsIn("`bench -- memory`, `bench` and `dotnet run -c Release --project bench -- nothing --at-all`"));
    }

    [Theory]
    [InlineData("dotnet run -c Release --project bench     # all of it", null)]
    [InlineData("dotnet run -c Release --project bench -- --help", null)]
    [InlineData("dotnet run -c Release --project bench -- hitrate --workload loop --capacity 1000", null)]
    [InlineData("dotnet run -c Release --project bench -- bdn --whatever", null)]
    [InlineData("dotnet test", null)]
    [InlineData("dotnet run -c Release --project bench -- hitrates", "there is no verb 'hitrates'")]
    [InlineData("dotnet run -c Release --project bench -- hitrate --workloads loop", "there is no switch '--workloads'")]
    [InlineData("dotnet run -c Release --project bench hitrate", "'hitrate' would be for dotnet run")]
    public void A_verb_or_switch_that_there_is_not_is_found(string line, string? fault)
        => Assert.Equal(fault, BenchSwitches.FindFault(line));
}
