using System.Reflection;
using System.Runtime.Loader;
using FastCache.Extensions;
using FastCache.Persistence;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Tests.Docs.Samples;

/// <summary>Compiles samples and runs them.</summary>
internal static class SampleRunner
{
    // As the SDK has them for a console program, and what each page speaks of.
    private const string GlobalUsings = """
        global using global::System;
        global using global::System.Collections.Generic;
        global using global::System.IO;
        global using global::System.Linq;
        global using global::System.Net.Http;
        global using global::System.Threading;
        global using global::System.Threading.Tasks;
        global using global::FastCache;
        global using global::FastCache.Persistence;
        global using global::FastCache.Tests.Docs.Samples;
        global using global::FastCache.Tests.Unit.TestTypes;
        global using static global::FastCache.Tests.Docs.Samples.Surroundings;
        """;

    // What a sample shows need not be used in it.
    private static readonly string[] NotMinded = ["CS0168", "CS0219", "CS1998", "CS8321"];

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static file => IsForSamples(Path.GetFileName(file)))
            .Select(static file => MetadataReference.CreateFromFile(file)),
    ];

    private static readonly CSharpCompilationOptions Options = new CSharpCompilationOptions(OutputKind.ConsoleApplication)
        .WithNullableContextOptions(NullableContextOptions.Enable)
        .WithSpecificDiagnosticOptions(NotMinded.ToDictionary(static id => id, static _ => ReportDiagnostic.Suppress));

    private static readonly SyntaxTree Usings = CSharpSyntaxTree.ParseText(GlobalUsings, SampleProgram.ParseOptions);

    private static readonly SyntaxTree ReadmeUsings = CSharpSyntaxTree.ParseText(
        "global using static global::FastCache.Tests.Docs.Samples.ReadmeSurroundings;", SampleProgram.ParseOptions);

    /// <summary>Runs a sample to its end.</summary>
    /// <exception cref="SampleException">It does not compile, not without warnings, or has thrown.</exception>
    public static async Task RunAsync(Sample sample)
    {
        SampleProgram program = SampleProgram.Of(sample);
        MethodInfo main = Compile(program, isReadme: sample.Block.Page == "README.md").EntryPoint!;
        try
        {
            // The entry point of a program that awaits waits for it.
            await Task.Run(() => main.CreateDelegate<Action<string[]>>().Invoke([]));
        }
        catch (Exception thrown) when (thrown is not SampleException)
        {
            throw new SampleException(sample.Block, 0, $"the sample has thrown: {thrown}", thrown);
        }

        if (program.Results.FirstOrDefault(static place => !Result.Reached.ContainsKey(place)) is { } missed)
        {
            throw new SampleException($"{missed}: the sample ends without coming here.");
        }
    }

    private static Assembly Compile(SampleProgram program, bool isReadme)
    {
        SyntaxTree source = CSharpSyntaxTree.ParseText(program.Source, SampleProgram.ParseOptions);
        SyntaxTree[] trees = isReadme ? [Usings, ReadmeUsings, source] : [Usings, source];
        Compilation compilation = SampleGenerators.Run(CSharpCompilation.Create("FastCache.Samples", trees, References, Options));
        using var image = new MemoryStream();
        Diagnostic[] faults =
        [
            .. compilation.Emit(image).Diagnostics.Where(static found => found.Severity >= DiagnosticSeverity.Warning),
        ];
        if (faults.Length > 0)
        {
            throw new SampleException(string.Join(Environment.NewLine, faults.Select(Describe)));
        }

        image.Position = 0;
        return new AssemblyLoadContext("sample", isCollectible: true).LoadFromStream(image);
    }

    private static string Describe(Diagnostic fault)
    {
        FileLinePositionSpan place = fault.Location.GetMappedLineSpan();
        return $"{place.Path}:{place.StartLinePosition.Line + 1}: {fault.Id}: {fault.GetMessage()}";
    }

    /// <summary>The framework, the product and the other cache that pages compare with.</summary>
    private static bool IsForSamples(string file)
        => file.StartsWith("System.", StringComparison.Ordinal)
            || file.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
            || file is "netstandard.dll" or "mscorlib.dll" or "Microsoft.CSharp.dll" or "Microsoft.Win32.Primitives.dll"
            || file == Path.GetFileName(typeof(Cache<,>).Assembly.Location)
            || file == Path.GetFileName(typeof(CacheLog).Assembly.Location)
            || file == Path.GetFileName(typeof(FastCacheMemoryCache).Assembly.Location)
            || file == Path.GetFileName(typeof(SampleRunner).Assembly.Location)
            || file == Path.GetFileName(typeof(MemoryCache).Assembly.Location);
}
