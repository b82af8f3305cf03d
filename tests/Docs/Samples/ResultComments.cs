using System.Text.RegularExpressions;
using FastCache.Tests.Docs.Pages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FastCache.Tests.Docs.Samples;

/// <summary>Makes the results that samples claim true: a statement with a value behind it, as in <c>cache.Count; // 2</c>, is checked.</summary>
/// <remarks>
/// A comment is a result if it is a literal, perhaps with a comma or colon and words after it; after <c>Console.WriteLine</c> any comment
/// is. The other words are comments and nothing else. No lines are added or removed.
/// </remarks>
internal static partial class ResultComments
{
    /// <summary>The code of a block, with checks.</summary>
    /// <param name="block">The block.</param>
    /// <param name="places">Receives page and line of each check.</param>
    /// <exception cref="SampleException">There is a result of something that has none.</exception>
    public static string Check(CodeBlock block, ICollection<string> places)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(block.Code, SampleProgram.ParseOptions).GetRoot();
        TextChange[] changes =
        [
            .. root.DescendantNodes().OfType<StatementSyntax>().Select(statement => ChangeOf(statement, block, places)).OfType<TextChange>(),
        ];
        return SourceText.From(block.Code).WithChanges(changes).ToString();
    }

    private static TextChange? ChangeOf(StatementSyntax statement, CodeBlock block, ICollection<string> places)
    {
        SyntaxTrivia comment = statement.GetTrailingTrivia().FirstOrDefault(static part => part.IsKind(SyntaxKind.SingleLineCommentTrivia));
        if (statement is BlockSyntax || comment == default)
        {
            return null;
        }

        string text = comment.ToString()[2..].Trim();
        if (PrintedBy(statement) is { } printed)
        {
            return Wrap(printed, text, PlaceOf(statement));
        }

        if (Literal().Match(text) is not { Success: true } literal)
        {
            return null;
        }

        // What has a name is looked at behind its statement, which so keeps the type and the flow of nulls that it has on the page.
        return statement switch
        {
            LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer: not null } variable] }
                => Add(statement, variable.Identifier.ToString(), literal.Value, PlaceOf(statement)),
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } }
                => Add(statement, name.ToString(), literal.Value, PlaceOf(statement)),
            ExpressionStatementSyntax { Expression: AwaitExpressionSyntax or InvocationExpressionSyntax } call
                => Wrap(call.Expression, literal.Value, PlaceOf(statement)),
            _ => throw new SampleException(block, LineOf(statement), $"'{text}' is no result that can be checked here."),
        };

        string PlaceOf(StatementSyntax checkedStatement)
        {
            string place = $"{block.Page}:{block.Line + LineOf(checkedStatement)}";
            places.Add(place);
            return place;
        }
    }

    private static int LineOf(StatementSyntax statement) => statement.GetLocation().GetLineSpan().EndLinePosition.Line;

    private static ExpressionSyntax? PrintedBy(StatementSyntax statement)
        => statement is ExpressionStatementSyntax
        {
            Expression: InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "WriteLine" },
                ArgumentList.Arguments: [{ Expression: { } argument }],
            },
        }
            ? argument
            : null;

    private static TextChange Wrap(ExpressionSyntax value, string expected, string place)
        => new(value.Span, CheckOf(value.ToString(), expected, place));

    private static TextChange Add(StatementSyntax statement, string name, string expected, string place)
        => new(new TextSpan(statement.Span.End, 0), $" {CheckOf(name, expected, place)};");

    private static string CheckOf(string value, string expected, string place)
        => $"Result.Is({value}, {SymbolDisplay.FormatLiteral(expected, quote: true)}, \"{place}\")";

    [GeneratedRegex("""^(true|false|null|"[^"]*"|\[.*\]|[-+]?[0-9][0-9.,:]*[0-9]|[0-9]|[A-Z][A-Za-z]*)(?=$|[,:] )""")]
    private static partial Regex Literal();
}
