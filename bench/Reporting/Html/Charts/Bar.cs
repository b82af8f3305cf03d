namespace FastCache.Bench.Reporting.Html.Charts;

/// <summary>A bar with its name, its figures as text, and a whisker if it has a range.</summary>
/// <param name="Contestant">Whose colour it has.</param>
internal sealed record Bar(string Name, string Contestant, double Value, string Text)
{
    public double? Min { get; init; }

    public double? Max { get; init; }

    public bool IsBaseline { get; init; }

    /// <summary>Whether what was measured did its work.</summary>
    public bool IsValid { get; init; } = true;
}
