namespace FastCache.Bench.Timing;

/// <summary>Garbage collections of the process, and how long it stood still for them.</summary>
internal readonly record struct Collections(int Gen0, int Gen1, int Gen2, TimeSpan Pause)
{
    /// <summary>Those since the process began.</summary>
    public static Collections SoFar => new(GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2), GC.GetTotalPauseDuration());

    public static Collections operator +(Collections one, Collections other)
        => new(one.Gen0 + other.Gen0, one.Gen1 + other.Gen1, one.Gen2 + other.Gen2, one.Pause + other.Pause);

    public static Collections operator -(Collections after, Collections before)
        => new(after.Gen0 - before.Gen0, after.Gen1 - before.Gen1, after.Gen2 - before.Gen2, after.Pause - before.Pause);

    /// <summary>Those of several spans.</summary>
    public static Collections Of(IEnumerable<Collections> spans) => spans.Aggregate(static (all, span) => all + span);

    public override string ToString() => FormattableString.Invariant($"{Gen0}/{Gen1}/{Gen2}");
}
