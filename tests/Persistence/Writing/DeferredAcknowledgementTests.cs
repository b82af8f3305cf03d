using FastCache.Persistence.Writing;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Writing;

public sealed class DeferredAcknowledgementTests
{
    private readonly object _log = new();
    private readonly object _other = new();

    [Fact]
    public void Writes_are_left_to_who_defers_them_as_long_as_he_does()
    {
        Assert.False(DeferredAcknowledgement.TryDefer(_log, 1));
        using (DeferredAcknowledgement deferred = DeferredAcknowledgement.Begin(_log))
        {
            Assert.Equal(0u, deferred.Sequence);
            Assert.True(DeferredAcknowledgement.Covers(_log));
            Assert.True(DeferredAcknowledgement.TryDefer(_log, 7));
            Assert.True(DeferredAcknowledgement.TryDefer(_log, 3));
            Assert.Equal(7u, deferred.Sequence);
        }

        Assert.False(DeferredAcknowledgement.Covers(_log));
        Assert.False(DeferredAcknowledgement.TryDefer(_log, 1));
    }

    [Fact]
    public void A_write_to_another_log_is_not_deferred()
    {
        using DeferredAcknowledgement deferred = DeferredAcknowledgement.Begin(_log);

        Assert.False(DeferredAcknowledgement.Covers(_other));
        Assert.False(DeferredAcknowledgement.TryDefer(_other, 9));
        Assert.Equal(0u, deferred.Sequence);
    }

    [Fact]
    public void Each_log_has_its_own_when_a_write_to_one_writes_to_another()
    {
        using DeferredAcknowledgement outer = DeferredAcknowledgement.Begin(_log);
        using (DeferredAcknowledgement inner = DeferredAcknowledgement.Begin(_other))
        {
            using (DeferredAcknowledgement innermost = DeferredAcknowledgement.Begin(new object()))
            {
                Assert.True(DeferredAcknowledgement.TryDefer(_log, 4));
                Assert.True(DeferredAcknowledgement.TryDefer(_other, 5));
                Assert.Equal(0u, innermost.Sequence);
            }

            Assert.Equal(5u, inner.Sequence);
        }

        Assert.Equal(4u, outer.Sequence);
        Assert.True(DeferredAcknowledgement.Covers(_log));
        Assert.False(DeferredAcknowledgement.Covers(_other));
    }

    [Fact]
    public void Other_threads_are_not_concerned()
    {
        using DeferredAcknowledgement deferred = DeferredAcknowledgement.Begin(_log);

        Crew.Run(1, _ => Assert.False(DeferredAcknowledgement.TryDefer(_log, 9)));

        Assert.Equal(0u, deferred.Sequence);
    }
}
