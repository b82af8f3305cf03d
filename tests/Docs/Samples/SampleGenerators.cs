using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastCache.Tests.Docs.Samples;

/// <summary>Runs the source generator of System.Text.Json, as a build does.</summary>
internal static class SampleGenerators
{
    private static readonly ISourceGenerator Json = Load("System.Text.Json.SourceGeneration", "JsonSourceGenerator");

    /// <summary>A compilation with what is generated for it.</summary>
    public static Compilation Run(Compilation compilation)
    {
        CSharpGeneratorDriver
            .Create([Json], parseOptions: SampleProgram.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
        return generated;
    }

    /// <summary>The project file copies the SDK's generator beside the tests.</summary>
    private static ISourceGenerator Load(string assembly, string type)
    {
        var generator = Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "generators", assembly + ".dll"));
        return ((IIncrementalGenerator)Activator.CreateInstance(generator.GetType($"{assembly}.{type}", throwOnError: true)!)!).AsSourceGenerator();
    }
}
