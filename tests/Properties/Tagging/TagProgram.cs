namespace FastCache.Tests.Properties.Tagging;

/// <summary>A cache and what is done with it. Prints as C#.</summary>
/// <param name="Kind">See <see cref="TagSetup"/>.</param>
/// <param name="Operations">What is done.</param>
internal sealed record TagProgram(TagSetup Kind, IReadOnlyList<TagOperation> Operations)
{
    public override string ToString()
        => $"{Environment.NewLine}// {Kind}{Environment.NewLine}{string.Join(Environment.NewLine, Operations)}";
}
