namespace FastCache.Mutants;

/// <summary>Whole lines of a source file, and what a mutant puts in their place.</summary>
internal sealed record Hunk(string Found, string Replacement)
{
    /// <summary>How often the lines occur.</summary>
    public int CountIn(string source)
    {
        string lines = Lines(source);
        string found = Lines(Found);
        int count = 0;
        for (int at = lines.IndexOf(found, StringComparison.Ordinal); at >= 0; at = lines.IndexOf(found, at + 1, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }

    /// <summary>The source with the replacement. The lines occur once.</summary>
    public string ApplyTo(string source) => Lines(source).Replace(Lines(Found), Lines(Replacement), StringComparison.Ordinal)[1..^1];

    // A line has an end on both sides, so that no part of a line is taken for it.
    private static string Lines(string text) => $"\n{text}\n";
}
