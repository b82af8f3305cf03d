using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Readme;

public class ReadmeTests
{
    [Fact]
    public void Every_sample_compiles_as_it_stands()
    {
        string[] compiled = Lines(File.ReadAllLines(Path.Combine(Repository.Root, "tests", "Unit", "Readme", "ReadmeSamples.cs")));
        string[][] samples = [.. SamplesOf(File.ReadAllLines(Path.Combine(Repository.Root, "README.md")))];

        Assert.NotEmpty(samples);
        Assert.All(samples, sample => Assert.True(Contains(compiled, sample), $"not in ReadmeSamples.cs: {sample[0]}"));
    }

    [Fact]
    public async Task Every_sample_runs()
    {
        ReadmeSamples.FirstLook();
        ReadmeSamples.LookupBySpan();
        ReadmeSamples.PolicyAndComparer();
        ReadmeSamples.Expiry();
        await ReadmeSamples.Loading(TestContext.Current.CancellationToken);
        ReadmeSamples.LimitInBytes();
        string directory = Directory.CreateTempSubdirectory("fastcache-").FullName;
        await ReadmeSamples.Log(directory);
        Directory.Delete(directory, recursive: true);
    }

    private static IEnumerable<string[]> SamplesOf(string[] readme)
    {
        for (int start = Array.IndexOf(readme, "```csharp"); start >= 0; start = Array.IndexOf(readme, "```csharp", start + 1))
        {
            int end = Array.IndexOf(readme, "```", start);
            yield return Lines(readme[(start + 1)..end]);
        }
    }

    /// <summary>The statements, without indentation; what stands around a program's statements is elsewhere in a test.</summary>
    private static string[] Lines(IEnumerable<string> lines)
        => [.. lines
            .Select(line => line.Trim())
            .Where(line => line.Length > 0
                && !line.StartsWith("using FastCache", StringComparison.Ordinal)
                && !line.StartsWith("record ", StringComparison.Ordinal))];

    private static bool Contains(string[] lines, string[] part)
        => Enumerable.Range(0, Math.Max(0, lines.Length - part.Length + 1))
            .Any(start => lines.AsSpan(start, part.Length).SequenceEqual(part));
}
