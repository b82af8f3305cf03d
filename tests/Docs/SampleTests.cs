using FastCache.Tests.Docs.Pages;
using FastCache.Tests.Docs.Samples;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Docs;

public sealed class SampleTests : IDisposable
{
    /// <summary>After this many milliseconds a sample hangs. The first one also waits for the compiler to be compiled.</summary>
    public const int Watchdog = 60_000;

    public static IEnumerable<TheoryDataRow<string, int>> Samples
        => Page.ForUsers.SelectMany(Sample.Of).Select(static sample => new TheoryDataRow<string, int>(sample.Block.Page, sample.Block.Line));

    public void Dispose() => Surroundings.CleanUp();

    [Theory(Timeout = Watchdog)]
    [MemberData(nameof(Samples))]
    public async Task Every_sample_compiles_and_runs_as_it_stands(string page, int line)
    {
        await Wait.LeaveRunner();
        Sample sample = Page.ForUsers.SelectMany(Sample.Of).Single(one => (one.Block.Page, one.Block.Line) == (page, line));

        await SampleRunner.RunAsync(sample);
    }
}
