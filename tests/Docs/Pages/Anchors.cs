using System.Text.RegularExpressions;

namespace FastCache.Tests.Docs.Pages;

/// <summary>The anchors of a page's headings, as GitHub makes them.</summary>
internal static partial class Anchors
{
    /// <summary>All anchors of a page.</summary>
    public static IReadOnlySet<string> Of(Page page)
    {
        HashSet<string> anchors = [];
        foreach ((int _, string line) in page.Prose)
        {
            if (Heading().Match(line) is { Success: true } heading)
            {
                string anchor = AnchorOf(heading.Groups["text"].Value);
                for (int repeated = 1; !anchors.Add(repeated == 1 ? anchor : $"{anchor}-{repeated - 1}"); repeated++)
                {
                }
            }
        }

        return anchors;
    }

    /// <summary>Letters, digits, hyphens and underscores in lower case; spaces are hyphens; the rest goes.</summary>
    private static string AnchorOf(string heading)
    {
        IEnumerable<char> kept = LinkText().Replace(heading, "$1").Trim().ToLowerInvariant()
            .Where(static character => char.IsLetterOrDigit(character) || character is '-' or '_' or ' ');
        return string.Concat(kept).Replace(' ', '-');
    }

    [GeneratedRegex("^#{1,6} (?<text>.*)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();
}
