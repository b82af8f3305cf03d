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
/// <param name="Source">The source of the program.</param>
/// <param name="Results">Page and line of each result that it checks.</param>
internal sealed record SampleProgram(string Source, IReadOnlyCollection<string> Results)
{
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Preview);

    /// <summary>The program of a sample.</summary>
    /// <exception cref="SampleException">A part is not C#.</exception>
    public static SampleProgram Of(Sample sample)
    {
        List<string> results = [];
        (CodeBlock Part, CompilationUnitSyntax Unit)[] units = [.. sample.Parts.Select(part => (part, Parse(part, results)))];
        var source = new StringBuilder();
        AppendAll(static unit => unit.Usings);
        AppendAll(static unit => unit.Members.OfType<GlobalStatementSyntax>());
        AppendAll(static unit => unit.Members.Where(static member => member is not GlobalStatementSyntax));
        return new SampleProgram(source.ToString(), results);

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

    private static CompilationUnitSyntax Parse(CodeBlock part, List<string> results)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(ResultComments.Check(part, results), ParseOptions);
        if (tree.GetDiagnostics().FirstOrDefault(static found => found.Severity == DiagnosticSeverity.Error) is { } fault)
        {
            throw new SampleException(part, fault.Location.GetLineSpan().StartLinePosition.Line, fault.GetMessage());
        }

        return tree.GetCompilationUnitRoot();
    }
}
