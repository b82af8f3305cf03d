namespace FastCache.Mutants;

/// <summary>
/// A mistake that somebody could make in the product, as an edit of one of its files, and the tests that must fail then.
/// </summary>
/// <remarks>
/// A file of its own: a head of names and values, an empty line, and hunks as in a patch, apart by "@@". Lines with a minus or a
/// space must occur in the source, together and once; those with a plus or a space take their place.
/// </remarks>
internal sealed class Mutant
{
    private const string Extension = ".mutant";
    private const string HunkEnd = "@@";

    private Mutant(string name, ILookup<string, string> head, IReadOnlyList<Hunk> hunks)
    {
        Name = name;
        Hunks = hunks;
        Guard = One("guard");
        Breaks = One("breaks");
        File = One("file");
        Needs = head["needs"].SingleOrDefault();
        Runs = head["runs"].Select(int.Parse).SingleOrDefault(1);
        Tests = [.. head["tests"].Select(FilterOf)];

        string One(string key)
            => head[key].Count() == 1 ? head[key].Single() : throw new FormatException($"{name}: there must be one line \"{key}: ...\".");
    }

    public string Name { get; }

    /// <summary>What is missing in the mutant.</summary>
    public string Guard { get; }

    /// <summary>The promise that depends on it.</summary>
    public string Breaks { get; }

    /// <summary>The source file, from the root of the repository.</summary>
    public string File { get; }

    public IReadOnlyList<Hunk> Hunks { get; }

    /// <summary>Where the mutant is to be caught: by at least one test.</summary>
    public IReadOnlyList<TestFilter> Tests { get; }

    /// <summary>How often the tests run. A race counts as caught if it is caught each time.</summary>
    public int Runs { get; }

    /// <summary>What it takes to catch it, if that is not there yet: it is listed and not run.</summary>
    public string? Needs { get; }

    /// <summary>Reads the mutants of a repository, by name.</summary>
    public static IReadOnlyList<Mutant> ReadAll(string root)
        => [.. Directory
            .EnumerateFiles(Path.Combine(root, "eng", "mutants"), "*" + Extension)
            .Order(StringComparer.Ordinal)
            .Select(path => Parse(Path.GetFileNameWithoutExtension(path), System.IO.File.ReadAllLines(path)))];

    /// <summary>Applies it to the text of its file.</summary>
    /// <exception cref="FormatException">The lines of a hunk do not occur once.</exception>
    public string ApplyTo(string source)
        => Hunks.Aggregate(source, (text, hunk) => hunk.CountIn(text) == 1
            ? hunk.ApplyTo(text)
            : throw new FormatException($"{Name}: these lines occur {hunk.CountIn(text)} times in {File}:\n{hunk.Found}"));

    private static Mutant Parse(string name, string[] lines)
    {
        int headEnd = Array.IndexOf(lines, "");
        ILookup<string, string> head = lines[..headEnd]
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .ToLookup(parts => parts[0], parts => parts[1]);
        return new Mutant(name, head, [.. HunksOf(lines[(headEnd + 1)..])]);
    }

    private static IEnumerable<Hunk> HunksOf(string[] lines)
    {
        while (lines.Length > 0)
        {
            int end = Array.IndexOf(lines, HunkEnd);
            string[] hunk = end < 0 ? lines : lines[..end];
            lines = end < 0 ? [] : lines[(end + 1)..];
            yield return new Hunk(LinesOf(hunk, '-'), LinesOf(hunk, '+'));
        }
    }

    /// <summary>The lines with a sign, and those of both sides, without it. An empty line is one of both.</summary>
    private static string LinesOf(string[] hunk, char sign)
        => string.Join('\n', hunk.Where(line => line.Length == 0 || line[0] == sign || line[0] == ' ').Select(line => line.Length == 0 ? "" : line[1..]));

    private static TestFilter FilterOf(string value)
    {
        string[] parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new TestFilter(parts[0], parts[1]);
    }
}
