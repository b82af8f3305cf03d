namespace FastCache.Mutants;

/// <summary>A test that has failed, and with which seed, or how else it has ended.</summary>
internal sealed record Failure(string Test, string? Detail)
{
    /// <summary>The test's class and method: without the namespace and the arguments.</summary>
    public string Method => string.Join('.', Test.Split('(')[0].Split('.')[^2..]);

    public override string ToString() => Detail is null ? Method : $"{Method} ({Detail})";
}
