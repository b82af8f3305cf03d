namespace FastCache.Persistence.Inspection;

/// <summary>A log's ticks of UTC for people. It may hold any number, and whoever looks at it must not fail for that.</summary>
internal static class Moment
{
    public static DateTimeOffset Of(long ticks) => new(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks), TimeSpan.Zero);
}
