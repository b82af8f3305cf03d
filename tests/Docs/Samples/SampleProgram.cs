using System.Text;
using FastCache.Tests.Docs.Pages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastCache.Tests.Docs.Samples;

/// <summary>Makes one program of the parts of a sample.</summary>
/// <remarks>
/// A part is what a file may be: using directives, statements, types. In a program all directives come first and all types last; beyond
/// that the text stays as it is, and the compiler is told which line of which page it comes from.
/// </remarks>
internal static class SampleProgram
{
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Preview);

    /// <summary>The source of the program.</summary>
    /// <exception cref="SampleException">A part is not C#.</exception>
    public static string Of(Sample sample)
    {
        (CodeBlock Part, CompilationUnitSyntax Unit)[] units = [.. sample.Parts.Select(static part => (part, Parse(part)))];
        var source = new StringBuilder();
        AppendAll(static unit => unit.Usings);
        AppendAll(static unit => unit.Members.OfType<GlobalStatementSyntax>());
        AppendAll(static unit => unit.Members.Where(static member => member is not GlobalStatementSyntax));
        return source.ToString();

        void AppendAll(Func<CompilationUnitSyntax, IEnumerable<SyntaxNode>> select)
        {
            foreach ((CodeBlock part, CompilationUnitSyntax unit) in units)
            {
                foreach (SyntaxNode node in select(unit))
                {
                    int line = part.Line + node.GetLocation().GetLineSpan().StartLinePosition.Line;
                    source.AppendLine($"#line {line} \"{part.Page}\"").Append(node.ToString()).AppendLine();
                }
            }
        }
    }

    private static CompilationUnitSyntax Parse(CodeBlock part)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(ResultComments.Check(part), ParseOptions);
        if (tree.GetDiagnostics().FirstOrDefault(static found => found.Severity == DiagnosticSeverity.Error) is { } fault)
        {
            throw new SampleException(part, fault.Location.GetLineSpan().StartLinePosition.Line, fault.GetMessage());
        }

        return tree.GetCompilationUnitRoot();
    }
}
