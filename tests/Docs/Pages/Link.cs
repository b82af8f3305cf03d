using System.Text.RegularExpressions;
using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Docs.Pages;

/// <summary>A link, or an image, of a page to something in the repository.</summary>
/// <param name="Page">The page.</param>
/// <param name="Line">The line there.</param>
/// <param name="Target">What it says.</param>
internal sealed partial record Link(Page Page, int Line, string Target)
{
    /// <summary>What it leads to, from the root of the repository with slashes.</summary>
    public string Path
    {
        get
        {
            string file = Target.Split('#')[0];
            string folder = System.IO.Path.GetDirectoryName(Page.Path)!;
            return file.Length == 0
                ? Page.Path
                : System.IO.Path.GetRelativePath(Repository.Root, System.IO.Path.Combine(Repository.Root, folder, file)).Replace('\\', '/');
        }
    }

    private string? Anchor => Target.Split('#') is [_, var anchor] ? anchor : null;

    /// <summary>The relative links of a page.</summary>
    public static IEnumerable<Link> Of(Page page)
        => from line in page.Prose
           from found in Targets().Matches(InlineCode().Replace(line.Text, ""))
           let target = found.Groups["target"].Value
           where !target.Contains(':', StringComparison.Ordinal)
           select new Link(page, line.Number, target);

    /// <summary>What is wrong with it; null if it leads somewhere.</summary>
    /// <param name="pages">The pages whose anchors are known.</param>
    public string? FindFault(IEnumerable<Page> pages)
    {
        string file = System.IO.Path.Combine(Repository.Root, Path);
        if (!File.Exists(file) && !Directory.Exists(file))
        {
            return $"{Page.Path}:{Line}: there is no {Path}.";
        }

        bool hasAnchor = Anchor is null
            || pages.FirstOrDefault(page => page.Path == Path) is { } target && Anchors.Of(target).Contains(Anchor);
        return hasAnchor ? null : $"{Page.Path}:{Line}: there is no heading #{Anchor} in {Path}.";
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)[^)]*\)")]
    private static partial Regex Targets();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();
}
