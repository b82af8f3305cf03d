using System.Diagnostics;

namespace FastCache.Bench.Latency;

/// <summary>When the next operation begins, and from when on its time counts.</summary>
internal interface IPace
{
    /// <summary>Waits for the next operation's turn; the time stamp that its latency counts from.</summary>
    long AwaitNext();
}

/// <summary>One operation right after the other: what happens to one that is late, later ones do not notice.</summary>
internal readonly struct AsFastAsItGoes : IPace
{
    public long AwaitNext() => Stopwatch.GetTimestamp();
}

/// <summary>
/// Operations that come whether the one before is done or not. One that has to wait counts from when it was due: else a pause would be
/// one bad latency, though it delays all who come meanwhile ("coordinated omission": G. Tene, "How NOT to Measure Latency", 2013).
/// </summary>
internal struct OpenPace(long period) : IPace
{
    private long _due = Stopwatch.GetTimestamp();

    public long AwaitNext()
    {
        long due = _due;
        _due += period;
        long now = Stopwatch.GetTimestamp();
        while (now < due)
        {
            now = Stopwatch.GetTimestamp();
        }

        return CountsFrom(due, now, period);
    }

    /// <summary>From when on an operation counts: if it is really late, from when it was due. The waiting itself is late by nanoseconds.</summary>
    public static long CountsFrom(long due, long now, long period) => now - due > period ? due : now;
}
