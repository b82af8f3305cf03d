namespace FastCache.Tests.Properties.Loading;

/// <summary>The options of loads, in milliseconds.</summary>
/// <param name="Eager">From which part of its life an entry is refreshed; null for never.</param>
/// <param name="Revalidate">For how long a stale value is served while it is refreshed.</param>
/// <param name="FailSafe">For how long a stale value stands in for a failure.</param>
/// <param name="Throttle">How long no load is tried after a failure.</param>
internal sealed record Patience(double? Eager, int Revalidate, int FailSafe, int Throttle)
{
    public static Patience None { get; } = new(null, 0, 0, 10_000);

    public int Grace => Math.Max(Revalidate, FailSafe);

    public LoadOptions ToOptions() => new()
    {
        EagerRefreshThreshold = Eager,
        StaleWhileRevalidate = TimeSpan.FromMilliseconds(Revalidate),
        FailSafeMaxDuration = TimeSpan.FromMilliseconds(FailSafe),
        FailSafeThrottle = TimeSpan.FromMilliseconds(Throttle),
    };

    public override string ToString()
        => this == None ? "" : $", eager {Eager}, revalidate {Revalidate} ms, fail-safe {FailSafe} ms, throttle {Throttle} ms";
}
