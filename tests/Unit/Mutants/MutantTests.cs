using System.Text.RegularExpressions;
using FastCache.Mutants;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Mutants;

/// <summary>The list of mutants does not rot while the product changes; eng/mutants runs them.</summary>
public class MutantTests
{
    public static TheoryData<string> Names => [.. Mutant.ReadAll(Repository.Root).Select(mutant => mutant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_lines_occur_once_in_its_file(string name)
    {
        Mutant mutant = Find(name);
        string source = File.ReadAllText(Path.Combine(Repository.Root, mutant.File));

        Assert.NotEmpty(mutant.Hunks);
        Assert.NotEqual(source, mutant.ApplyTo(source));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_tests_exist(string name)
    {
        Mutant mutant = Find(name);
        string[] methods = [.. typeof(MutantTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Select(method => $"{type.FullName}.{method.Name}"))];

        Assert.NotEmpty(mutant.Tests);
        Assert.All(mutant.Tests, test => Assert.True(Directory.Exists(Path.Combine(Repository.Root, test.Project)), test.Project));
        Assert.All(
            mutant.Tests.Where(test => test.Project == "tests/Unit"),
            test => Assert.Contains(methods, method => PatternOf(test).IsMatch(method)));
    }

    private static Mutant Find(string name) => Mutant.ReadAll(Repository.Root).Single(mutant => mutant.Name == name);

    private static Regex PatternOf(TestFilter test)
        => new($"^{Regex.Escape(test.Methods).Replace(@"\*", ".*", StringComparison.Ordinal)}$");
}
