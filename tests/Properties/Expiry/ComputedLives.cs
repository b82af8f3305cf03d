namespace FastCache.Tests.Properties.Expiry;

/// <summary>Computes lives from the last digit of the value. All of its cases are short or none.</summary>
internal class ComputedLives : IExpiry<int, int>
{
    public static TimeSpan Create(int value) => (value % 10) switch
    {
        0 => TimeSpan.Zero,
        1 => Timeout.InfiniteTimeSpan,
        2 => TimeSpan.MaxValue,
        int digit => TimeSpan.FromMilliseconds(17 * digit),
    };

    public static TimeSpan Update(int value, TimeSpan timeToLive) => (value % 10) switch
    {
        4 or 5 => timeToLive,
        6 => timeToLive / 2,
        _ => Create(value),
    };

    public static TimeSpan Read(int value, TimeSpan timeToLive) => (value % 10) switch
    {
        3 => TimeSpan.FromMilliseconds(60),
        4 => Timeout.InfiniteTimeSpan,
        5 => TimeSpan.Zero,
        6 or 7 => TimeSpan.FromMilliseconds(200),
        _ => timeToLive,
    };

    public TimeSpan ExpireAfterCreate(int key, int value) => Create(value);

    public TimeSpan ExpireAfterUpdate(int key, int value, TimeSpan timeToLive) => Update(value, timeToLive);
}

/// <summary>The same for reads too.</summary>
internal sealed class ComputedReadLives : ComputedLives, IReadExpiry<int, int>
{
    public TimeSpan ExpireAfterRead(int key, int value, TimeSpan timeToLive) => Read(value, timeToLive);
}
