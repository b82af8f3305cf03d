namespace FastCache.Bench.Reporting.Html.Charts;

/// <summary>A line: the points of a contestant, in the order of the axis.</summary>
internal sealed record Series(string Contestant, IReadOnlyList<Point> Points)
{
    /// <summary>Something that no contestant reaches or that is none: an optimum, the clock.</summary>
    public bool IsReference { get; init; }

    public bool IsValid { get; init; } = true;
}
