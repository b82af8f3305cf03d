using FastCache.Tests.Docs.Pages;

namespace FastCache.Tests.Docs.Samples;

/// <summary>A block of C# of a page, with what it needs around it.</summary>
/// <remarks>
/// <para>What a sample needs and a reader does not stands before it in a comment that nobody sees:</para>
/// <code>
/// &lt;!-- sample: var time = new ManualTimeProvider(); --&gt;
/// &lt;!-- sample, continued --&gt;
/// </code>
/// <para>A continued sample begins with all that the one before it consists of. A blank line may stand between comment and code.</para>
/// </remarks>
/// <param name="Block">The block itself.</param>
/// <param name="Parts">All of the program, in the page's order: what was said in comments, and the block last.</param>
internal sealed record Sample(CodeBlock Block, IReadOnlyList<CodeBlock> Parts)
{
    private const string Opening = "<!-- sample";
    private const string Continuation = ", continued";
    private const string Closing = "-->";

    /// <summary>The samples of a page.</summary>
    public static IEnumerable<Sample> Of(Page page)
    {
        IReadOnlyList<CodeBlock> previous = [];
        foreach (CodeBlock block in page.Blocks("csharp"))
        {
            List<CodeBlock> parts = [];
            if (CommentBefore(page, block) is { } comment)
            {
                parts = comment.IsContinued ? [.. previous, comment.Code] : [comment.Code];
            }

            parts.Add(block);
            previous = parts;
            yield return new Sample(block, parts);
        }
    }

    /// <summary>What is said in a comment right before a block.</summary>
    private static (bool IsContinued, CodeBlock Code)? CommentBefore(Page page, CodeBlock block)
    {
        // Indexes: of the block's fence, of the last line before it, of the comment's first line.
        int fence = block.Line - 2;
        int last = fence - 1;
        while (last > 0 && page.Lines[last].Length == 0)
        {
            last--;
        }

        if (last < 0 || !page.Lines[last].EndsWith(Closing, StringComparison.Ordinal))
        {
            return null;
        }

        int first = last;
        while (first > 0 && !page.Lines[first].StartsWith("<!--", StringComparison.Ordinal))
        {
            first--;
        }

        if (!page.Lines[first].StartsWith(Opening, StringComparison.Ordinal))
        {
            return null;
        }

        string text = string.Join('\n', page.Lines[first..(last + 1)])[Opening.Length..^Closing.Length];
        bool isContinued = text.StartsWith(Continuation, StringComparison.Ordinal);
        string code = (isContinued ? text[Continuation.Length..] : text).TrimStart(':');
        return (isContinued, new CodeBlock(page.Path, first + 1, code));
    }
}
