namespace FastCache.Tests.Properties.Model;

/// <summary>A cache and what is done with it. Prints as C#.</summary>
internal sealed record CacheProgram(Setup Setup, IReadOnlyList<Operation> Operations)
{
    public override string ToString()
        => Environment.NewLine + Setup + Environment.NewLine + string.Join(Environment.NewLine, Operations);
}
