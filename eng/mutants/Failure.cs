namespace FastCache.Mutants;

/// <summary>A test that has failed, and with which seed, or how else it has ended.</summary>
internal sealed record Failure(string Test, string? Detail)
{
    /// <summary>Without the namespace.</summary>
    public override string ToString()
    {
        int arguments = Test.IndexOf('(', StringComparison.Ordinal);
        string[] names = (arguments < 0 ? Test : Test[..arguments]).Split('.');
        string name = string.Join('.', names[^Math.Min(2, names.Length)..]) + (arguments < 0 ? "" : Test[arguments..]);
        return Detail is null ? name : $"{name} ({Detail})";
    }
}
