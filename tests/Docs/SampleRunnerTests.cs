using FastCache.Tests.Docs.Pages;
using FastCache.Tests.Docs.Samples;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Docs;

public class SampleRunnerTests
{
    [Theory(Timeout = SampleTests.Watchdog)]
    [InlineData("int missing = nothing;", "page.md:5: CS0103")]
    [InlineData("int one = 1;\nint one = 2;", "page.md:6: CS0128")]
    [InlineData("string text = null;", "page.md:5: CS8600")]
    [InlineData("int one = ;", "page.md:5: Invalid expression term ';'")]
    [InlineData("throw new TimeoutException(\"late\");", "page.md:5: the sample has thrown: System.TimeoutException: late")]
    [InlineData("await Task.Yield();\nthrow new TimeoutException();", "page.md:5: the sample has thrown: System.TimeoutException")]
    [InlineData("int one = 1;\nint two = one + 1; // 3", "page.md:6: the page says 3, the value is 2.")]
    [InlineData("bool isTrue = given == 7;   // false, of course", "page.md:5: the page says false, the value is true.")]
    [InlineData("Console.WriteLine(\"a\" + given); // a8", "page.md:5: the page says a8, the value is \"a7\".")]
    [InlineData("\"ab\".Contains('a'); // false", "page.md:5: the page says false, the value is true.")]
    [InlineData("if (given == 7)\n{\n    string? none = null; // \"none\"\n}", "page.md:7: the page says \"none\", the value is null.")]
    [InlineData("{\n    return; // true\n}", "page.md:6: 'true' is no result that can be checked here.")]
    [InlineData("try\n{\n    _ = 1 / given;\n}\ncatch (Exception)\n{\n    Console.WriteLine(given); // 7\n}", "page.md:11: the sample ends without coming here.")]
    public async Task A_sample_that_is_wrong_fails_and_names_the_line(string code, string message)
    {
        await Wait.LeaveRunner();
        Sample sample = Assert.Single(SamplesOf(code));

        SampleException failure = await Assert.ThrowsAsync<SampleException>(() => SampleRunner.RunAsync(sample));

        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = SampleTests.Watchdog)]
    [InlineData("using System.Text;\n\nvar text = new StringBuilder(\"a\"); // a\n\nrecord Unused;")]
    [InlineData("int[] numbers = [1, given]; // [1, 7]: both of them")]
    [InlineData("string name = nameof(given); // \"given\"")]
    [InlineData("TimeSpan minute = TimeSpan.FromMinutes(1); // 00:01:00")]
    [InlineData("RemovalCause cause = default; // Explicit, the first one")]
    [InlineData("int two = 1; // Two words are no result")]
    [InlineData("int two = 1; // 1.5 times as much is none, either")]
    public async Task A_sample_may_claim_what_is_so(string code)
    {
        await Wait.LeaveRunner();
        await SampleRunner.RunAsync(Assert.Single(SamplesOf(code)));
    }

    [Fact(Timeout = SampleTests.Watchdog)]
    public async Task A_continued_sample_begins_with_the_ones_before_it()
    {
        await Wait.LeaveRunner();
        string[] page =
        [
            "<!-- sample: int one = 1; -->", "```csharp", "int two = one + 1;", "```", "text",
            "<!-- sample, continued -->", "", "```csharp", "int three = two + one; // 3", "```",
            "<!-- sample, continued:", "int four = three + one;", "-->", "```csharp", "int five = four + one; // 6", "```",
            "```csharp", "one++;", "```",
        ];
        Sample[] samples = [.. Sample.Of(new Page("page.md", page))];

        await SampleRunner.RunAsync(samples[0]);
        await SampleRunner.RunAsync(samples[1]);
        SampleException wrong = await Assert.ThrowsAsync<SampleException>(() => SampleRunner.RunAsync(samples[2]));
        SampleException onItsOwn = await Assert.ThrowsAsync<SampleException>(() => SampleRunner.RunAsync(samples[3]));

        Assert.Equal("page.md:15: the page says 6, the value is 5.", wrong.Message);
        Assert.StartsWith("page.md:18: CS0103", onItsOwn.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<Sample> SamplesOf(string code)
        => Sample.Of(new Page("page.md", ["# A page", "", "<!-- sample: int given = 7; -->", "```csharp", .. code.Split('\n'), "```"]));
}
