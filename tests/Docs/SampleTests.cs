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

    // With these no C# hides under another name.
    private static readonly string[] Fences = ["```", "```csharp", "```bash", "```json", "```text", "```xml"];

    public void Dispose() => Surroundings.CleanUp();

    [Theory(Timeout = Watchdog)]
    [MemberData(nameof(Samples))]
    public async Task Every_sample_compiles_and_runs_as_it_stands(string page, int line)
    {
        await Wait.LeaveRunner();
        Sample sample = Page.ForUsers.SelectMany(Sample.Of).Single(one => (one.Block.Page, one.Block.Line) == (page, line));

        await SampleRunner.RunAsync(sample);
    }

    [Fact]
    public void No_code_is_overlooked_for_its_language_or_its_place()
    {
        IEnumerable<string> overlooked =
            from page in Page.ForUsers
            from line in page.Lines.Index()
            where line.Item.Contains("```", StringComparison.Ordinal) && !Fences.Contains(line.Item)
            select $"{page.Path}:{line.Index + 1}: {line.Item}";

        Assert.Empty(overlooked);
    }
}
