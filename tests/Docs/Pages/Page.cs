using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Docs.Pages;

/// <summary>A page of the documentation, as text.</summary>
/// <param name="Path">Where it is in the repository, with slashes.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record Page(string Path, string[] Lines)
{
    /// <summary>README.md and everything under docs.</summary>
    public static IReadOnlyList<Page> All { get; } =
    [
        Read("README.md"),
        .. Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(static file => Read(System.IO.Path.GetRelativePath(Repository.Root, file)))
            .OrderBy(static page => page.Path, StringComparer.Ordinal),
    ];

    /// <summary>Those that are for users: all but docs/design.</summary>
    public static IEnumerable<Page> ForUsers
        => All.Where(static page => !page.Path.StartsWith("docs/design/", StringComparison.Ordinal));

    /// <summary>Whether each line is outside of fenced code, fences not counted.</summary>
    public IEnumerable<(int Number, string Text)> Prose
    {
        get
        {
            bool isCode = false;
            for (int index = 0; index < Lines.Length; index++)
            {
                if (IsFence(Lines[index]))
                {
                    isCode = !isCode;
                }
                else if (!isCode)
                {
                    yield return (index + 1, Lines[index]);
                }
            }
        }
    }

    /// <summary>The fenced blocks of a language.</summary>
    public IEnumerable<CodeBlock> Blocks(string language)
    {
        string opening = "```" + language;
        for (int index = 0; index < Lines.Length; index++)
        {
            if (IsFence(Lines[index]))
            {
                int end = Array.IndexOf(Lines, "```", index + 1);
                if (end < 0)
                {
                    throw new InvalidDataException($"{Path}:{index + 1}: the code has no end.");
                }

                if (Lines[index] == opening)
                {
                    yield return new CodeBlock(Path, index + 2, string.Join('\n', Lines[(index + 1)..end]));
                }

                index = end;
            }
        }
    }

    private static bool IsFence(string line) => line.TrimStart().StartsWith("```", StringComparison.Ordinal);

    private static Page Read(string path)
        => new(path.Replace('\\', '/'), File.ReadAllLines(System.IO.Path.Combine(Repository.Root, path)));
}
