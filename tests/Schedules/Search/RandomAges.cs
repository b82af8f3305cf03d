namespace FastCache.Tests.Schedules.Search;

/// <summary>How old the values are that loads get: in some schedules always the newest, in others mostly, in others often not.</summary>
/// <remarks>Not always old ones, or those who wait for a store would hardly ever see it.</remarks>
internal readonly struct RandomAges(Random random, int schedule)
{
    private static readonly int[] LoadsPerOldOne = [int.MaxValue, 8, 3];

    private readonly int _loadsPerOldOne = LoadsPerOldOne[schedule % LoadsPerOldOne.Length];

    public int Next(int ages) => random.Next(_loadsPerOldOne) == 0 ? random.Next(1, ages) : 0;
}
