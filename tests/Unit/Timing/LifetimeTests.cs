using FastCache.Timing;
using Xunit;

namespace FastCache.Tests.Unit.Timing;

public class LifetimeTests
{
    [Fact]
    public void The_default_is_forever()
    {
        Lifetime forever = default;

        Assert.True(forever.IsForever);
        Assert.Equal(Lifetime.Never, forever.ExpiresAt);
        Assert.False(forever.IsExpiredAt(Lifetime.Never - 1));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void A_limit_of_either_kind_is_not_forever(long deadline, long idleLimit)
        => Assert.False(new Lifetime(deadline, idleLimit, LastAccess: 1).IsForever);

    [Theory]
    [InlineData(100, 0, 0, 100)]
    [InlineData(0, 30, 50, 80)]
    [InlineData(100, 30, 50, 80)]
    [InlineData(100, 30, 70, 100)]
    [InlineData(100, 30, 90, 100)]
    [InlineData(100, Lifetime.Never, 90, 100)]
    [InlineData(0, Lifetime.Never, 90, Lifetime.Never)]
    public void It_ends_at_the_earlier_of_deadline_and_idle_limit(long deadline, long idleLimit, long lastAccess, long end)
        => Assert.Equal(end, new Lifetime(deadline, idleLimit, lastAccess).ExpiresAt);

    [Fact]
    public void The_last_access_means_nothing_without_an_idle_limit()
        => Assert.Equal(100, new Lifetime(Deadline: 100, IdleLimit: 0, LastAccess: 1).ExpiresAt);

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    [InlineData(101, true)]
    public void It_has_expired_from_its_very_end_on(long now, bool isExpired)
    {
        Assert.Equal(isExpired, new Lifetime(Deadline: 100, IdleLimit: 0, LastAccess: 0).IsExpiredAt(now));
        Assert.Equal(isExpired, new Lifetime(Deadline: 0, IdleLimit: 60, LastAccess: 40).IsExpiredAt(now));
    }

    [Theory]
    [InlineData(10, 20, 30)]
    [InlineData(10, 0, 10)]
    [InlineData(10, Lifetime.Never - 11, Lifetime.Never - 1)]
    [InlineData(10, Lifetime.Never - 10, Lifetime.Never)]
    [InlineData(10, Lifetime.Never - 9, Lifetime.Never)]
    [InlineData(1, Lifetime.Never, Lifetime.Never)]
    [InlineData(Lifetime.Never, Lifetime.Never, Lifetime.Never)]
    public void A_moment_beyond_all_time_is_never(long time, long duration, long end)
        => Assert.Equal(end, Lifetime.After(time, duration));
}
