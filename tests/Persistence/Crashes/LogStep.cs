namespace FastCache.Tests.Persistence.Crashes;

/// <summary>One step of a program.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Key">To which key.</param>
/// <param name="Size">How long the value is, or how much time passes.</param>
internal readonly record struct LogStep(LogStepKind Kind, int Key, int Size)
{
    public override string ToString()
        => $"new({nameof(LogStepKind)}.{Kind}, {Key}, {Size}),";
}
