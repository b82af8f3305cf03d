using System.Runtime.CompilerServices;

namespace FastCache.Timing;

/// <summary>Coarse time: 50 milliseconds a tick. Times are in units of 100 nanoseconds since some moment before all of them.</summary>
/// <remarks>
/// Ticks have 64 bits wherever there is room for them. An entry has room for 32; those saturate: a tick that is too far away
/// is the last one, and at the last tick, after almost seven years, every entry that expires is examined at every
/// read. That is slower, and right.
/// </remarks>
internal static class Tick
{
    /// <summary>The length of a tick, in units of time.</summary>
    public const long Length = 50 * TimeSpan.TicksPerMillisecond;

    /// <summary>An attention tick that never comes.</summary>
    public const uint Never = uint.MaxValue;

    /// <summary>The last one that comes.</summary>
    public const uint Last = Never - 1;

    /// <summary>An attention tick that has always come.</summary>
    public const uint Always = 0;

    /// <summary>One that has always come, too: no clock begins before it. Of an entry that has tags, and is examined for them and its deadline alone.</summary>
    public const uint Tagged = 1;

    /// <summary>Whether an entry with this attention tick is examined at every read.</summary>
    public static bool MeansEveryRead(uint attentionTick) => attentionTick is Always or Last;

    /// <summary>Whether the attention tick of an entry with an idle limit is the beginning of its last access.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MeansAccess(uint attentionTick) => attentionTick is > Always and < Last;

    /// <summary>The tick in which a moment lies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Of(long time) => time / Length;

    /// <summary>The moment at which a tick begins.</summary>
    public static long BeginOf(long tick) => tick * Length;

    /// <summary>The moment at which the tick of another moment ends.</summary>
    public static long EndOf(long time) => (Of(time) + 1) * Length;

    /// <summary>The first tick that begins at a moment or after it.</summary>
    public static long AtOrAfter(long time) => (time / Length) + (time % Length == 0 ? 0 : 1);

    /// <summary>What an entry has room for.</summary>
    public static uint Saturate(long tick) => (uint)Math.Clamp(tick, 0, Last);
}
