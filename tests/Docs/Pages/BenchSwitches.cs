using System.Text.RegularExpressions;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastCache.Tests.Docs.Pages;

/// <summary>The verbs and switches that the benchmark program has, by its source.</summary>
internal static partial class BenchSwitches
{
    private const string PassesOn = "bdn";
    private const string Command = "dotnet run -c Release --project bench";
    private static readonly string[] BuiltIn = ["--help", "--version"];

    private static readonly SyntaxNode[] Sources =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "bench"), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(static file => CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot()),
    ];

    /// <summary>The first word after the program's name; those of verbs of verbs are among them.</summary>
    public static IReadOnlySet<string> Verbs { get; } = Sources
        .SelectMany(static source => source.DescendantNodes())
        .OfType<BaseObjectCreationExpressionSyntax>()
        .Where(static creation => TypeOf(creation) == "Command")
        .Select(static creation => creation.ArgumentList?.Arguments.FirstOrDefault()?.Expression)
        .OfType<LiteralExpressionSyntax>()
        .Select(static name => name.Token.ValueText)
        .ToHashSet();

    /// <summary>All literals that begin with two hyphens.</summary>
    public static IReadOnlySet<string> Switches { get; } = Sources
        .SelectMany(static source => source.DescendantTokens())
        .Where(static token => token.IsKind(SyntaxKind.StringLiteralToken) && token.ValueText.StartsWith("--", StringComparison.Ordinal))
        .Select(static token => token.ValueText)
        .Concat(BuiltIn)
        .ToHashSet();

    /// <summary>The commands that a line of text mentions, in short as <c>`bench -- VERB`</c> or in full, always in full here.</summary>
    public static IEnumerable<string> MentionsIn(string line)
        => Mention().Matches(line).Select(static mention => $"{Command} -- {mention.Groups["words"].Value}");

    /// <summary>What the program would not understand in a line of a shell; null if the line is fine or calls something else.</summary>
    public static string? FindFault(string line)
    {
        string code = line.Split('#')[0].Trim();
        if (!code.StartsWith(Command, StringComparison.Ordinal))
        {
            return null;
        }

        string[] words = code[Command.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is [not "--", ..])
        {
            return $"'{words[0]}' would be for dotnet run";
        }

        words = [.. words.Skip(1)];
        if (words is [{ } verb, ..] && !verb.StartsWith('-') && !Verbs.Contains(verb))
        {
            return $"there is no verb '{verb}'";
        }

        return words is [PassesOn, ..]
            ? null
            : words.Where(static word => word.StartsWith("--", StringComparison.Ordinal) && !Switches.Contains(word))
                .Select(static word => $"there is no switch '{word}'")
                .FirstOrDefault();
    }

    private static string? TypeOf(BaseObjectCreationExpressionSyntax creation)
        => creation is ObjectCreationExpressionSyntax { Type: { } type }
            ? type.ToString()
            : creation.FirstAncestorOrSelf<VariableDeclarationSyntax>()?.Type.ToString();

    [GeneratedRegex("`(dotnet run -c Release --project )?bench -- (?<words>[^`]*)`")]
    private static partial Regex Mention();
}
