namespace FastCache.Tests.Properties.Loading;

/// <summary>A cache and what is done with it.</summary>
internal sealed record LoadProgram(LoadSetup Setup, IReadOnlyList<LoadStep> Steps)
{
    public override string ToString()
        => Environment.NewLine + Setup + Environment.NewLine + string.Join(Environment.NewLine, Steps);
}
