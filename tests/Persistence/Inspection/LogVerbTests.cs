using System.CommandLine;
using System.Text.Json;
using FastCache.Bench.Log;
using FastCache.Tests.Persistence.Format.Golden;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.Storage;
using Xunit;

namespace FastCache.Tests.Persistence.Inspection;

/// <summary>The verbs of the benchmark program that look at a log: what they say, and the exit code.</summary>
public sealed class LogVerbTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void An_intact_log_is_0()
    {
        (int code, string said) = Run("segments", "verify");

        Assert.Equal(0, code);
        Assert.Contains("It is intact.", said, StringComparison.Ordinal);
        Assert.Contains("8 would come back, 0 have expired", said, StringComparison.Ordinal);
        Assert.Contains("14 puts, 0 removes, 0 removes by tag or pattern, 0 clears; 6 superseded", said, StringComparison.Ordinal);
        Assert.Contains("stopped in order", said, StringComparison.Ordinal);
        Assert.Contains("0000000000000005.seg", said, StringComparison.Ordinal);
        Assert.DoesNotContain("damage in", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_log_is_1_and_the_place_is_told()
    {
        (int code, string said) = Run("hole", "verify");

        Assert.Equal(1, code);
        Assert.Contains("It is damaged.", said, StringComparison.Ordinal);
        Assert.Contains("2 missing, 2 doubtful, 0 torn", said, StringComparison.Ordinal);
        Assert.Matches("0000000000000001.seg +256 +128 +StoredBytes +yes", said);
    }

    [Fact]
    public void A_log_that_cannot_be_read_is_2()
    {
        (int code, string said) = Run("incompatible", "verify");
        Assert.Equal(2, code);
        Assert.Contains("a later version wrote it", said, StringComparison.Ordinal);
        Assert.Equal(2, Run("incompatible", "dump").Code);

        (code, said) = Run(null, "verify");
        Assert.Equal(2, code);
        Assert.Contains("There is no log.", said, StringComparison.Ordinal);

        (code, said) = Invoke("verify", _directory["missing"]);
        Assert.Equal(2, code);
        Assert.Contains(_directory["missing"], said, StringComparison.Ordinal);
        Assert.Equal(2, Invoke("dump", _directory["missing"]).Code);
    }

    [Fact]
    public void A_verification_for_programs_is_one_object_a_line()
    {
        (int code, string said) = Run("hole", "verify", "--json");

        Assert.Equal(1, code);
        JsonElement[] lines = Lines(said);
        Assert.Equal(["log", "segment", "damage"], lines.Select(static line => line.GetProperty("kind").GetString()));
        Assert.False(lines[0].GetProperty("intact").GetBoolean());
        Assert.Equal(2, lines[0].GetProperty("entries").GetInt64());
        Assert.Equal(256, lines[2].GetProperty("offset").GetInt64());
    }

    [Fact]
    public void A_dump_shows_each_record_or_as_many_as_asked_for()
    {
        (int code, string said) = Run("operations", "dump");
        Assert.Equal(0, code);
        Assert.Equal(2 + 10, said.Trim().Split('\n').Length);
        Assert.Matches("0000000000000001.seg +128 +2 +Clear +no +0000000000000000 ", said);
        Assert.Matches("0000000000000001.seg +128 +4 +Put +yes +[0-9A-F]{16} +02000000 +3 +74776F", said);

        Assert.Equal(2 + 3, Run("operations", "dump", "--limit", "3").Said.Trim().Split('\n').Length);
        JsonElement last = Lines(Run("operations", "dump", "--json").Said)[^1];
        Assert.Equal("Remove", last.GetProperty("kind").GetString());
        Assert.Equal(10, last.GetProperty("sequence").GetInt64());
    }

    private static JsonElement[] Lines(string said)
        => [.. said.Trim().Split('\n').Select(static line => JsonDocument.Parse(line).RootElement)];

    private (int Code, string Said) Run(string? golden, string verb, params string[] switches)
    {
        foreach (string path in Directory.EnumerateFiles(_directory.Path))
        {
            File.Delete(path);
        }

        if (golden is not null)
        {
            using SimulatedStorage storage = GoldenLogTests.Read(golden);
            storage.List(out IReadOnlyList<string> names);
            foreach (string name in names)
            {
                File.WriteAllBytes(_directory[name], storage.Bytes(name));
            }
        }

        return Invoke([verb, _directory.Path, .. switches]);
    }

    private static (int Code, string Said) Invoke(params string[] arguments)
    {
        var root = new RootCommand { LogVerifyCommand.Create(), LogDumpCommand.Create() };
        using var output = new StringWriter();
        int code = root.Parse(arguments).Invoke(new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false });
        return (code, output.ToString());
    }
}
