using System.Reflection;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.PublicApi;

/// <summary>What users compile against is written down beside each project, so that a change of it is seen and meant.</summary>
public sealed class PublicApiTests
{
    private const string ApproveVariable = "FASTCACHE_APPROVE_API";

    [Theory]
    [InlineData("FastCache")]
    [InlineData("FastCache.Extensions")]
    [InlineData("FastCache.Persistence")]
    public void Nothing_is_offered_or_withdrawn_that_was_not_approved(string project)
    {
        string path = Path.Combine(Repository.Root, "src", project, "PublicAPI.txt");
        string[] offered = ApiListing.Of(Assembly.Load(project));
        if (Environment.GetEnvironmentVariable(ApproveVariable) is not null)
        {
            File.WriteAllLines(path, offered);
        }

        string[] approved = File.ReadAllLines(path);
        string[] changes = [.. approved.Except(offered).Select(static line => "- " + line.Trim()), .. offered.Except(approved).Select(static line => "+ " + line.Trim())];

        Assert.True(
            approved.SequenceEqual(offered),
            $"The public surface of {project} is not what {path} says. If that is meant, run this test with {ApproveVariable}=1 and commit the file.\n"
                + string.Join('\n', changes));
    }

    [Fact]
    public void Every_kind_of_member_is_told_apart()
    {
        string[] lines = ApiListing.Of(typeof(PublicApiSpecimen<>).Assembly);
        int first = Array.FindIndex(lines, static line => line.Contains("PublicApiSpecimen<T>", StringComparison.Ordinal));

        Assert.Equal(
        [
            "abstract class FastCache.Tests.Unit.PublicApi.PublicApiSpecimen<T> : System.IDisposable where T : notnull",
            "    T Find<TState>(System.Collections.Generic.Dictionary<string, object?> known, in int start, out TState state, string? name = default) where TState : struct",
            "    const int Limit = 3",
            "    event System.EventHandler? Changed",
            "    int Count { get; }",
            "    protected .ctor(string[] names)",
            "    protected abstract void Close()",
            "    required int? Size { get; init; }",
            "    virtual void Dispose()",
        ], lines[first..(first + 9)]);
    }
}
