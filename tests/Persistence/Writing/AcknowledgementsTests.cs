using FastCache.Persistence;
using FastCache.Persistence.Writing;
using Xunit;

namespace FastCache.Tests.Persistence.Writing;

public sealed class AcknowledgementsTests
{
    private static readonly CacheLogException Fault = new("it has failed");

    private readonly Acknowledgements _acknowledged = new(durableSequence: 4);

    [Fact]
    public void What_is_durable_already_is_not_waited_for()
    {
        Assert.Equal(4u, _acknowledged.DurableSequence);
        Assert.True(_acknowledged.WaitAsync(4).IsCompletedSuccessfully);
        Assert.False(_acknowledged.WaitAsync(5).IsCompleted);
    }

    [Fact]
    public void Waiters_are_told_in_the_order_of_their_sequences_not_of_their_coming()
    {
        Task nine = _acknowledged.WaitAsync(9);
        Task five = _acknowledged.WaitAsync(5);
        Task seven = _acknowledged.WaitAsync(7);
        Task alsoSeven = _acknowledged.WaitAsync(7);

        _acknowledged.Publish(7);

        Assert.True(five.IsCompletedSuccessfully && seven.IsCompletedSuccessfully && alsoSeven.IsCompletedSuccessfully);
        Assert.False(nine.IsCompleted);
        _acknowledged.Publish(9);
        Assert.True(nine.IsCompletedSuccessfully);
    }

    [Fact]
    public void What_is_durable_stays_so_when_an_earlier_sync_is_told_later()
    {
        _acknowledged.Publish(9);
        _acknowledged.Publish(6);

        Assert.Equal(9u, _acknowledged.DurableSequence);
        Assert.True(_acknowledged.WaitAsync(9).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_fault_is_told_to_all_who_wait_and_to_all_who_come_but_not_of_what_is_durable()
    {
        Task waiting = _acknowledged.WaitAsync(5);

        _acknowledged.Fail(Fault);

        Assert.Same(Fault, await Assert.ThrowsAsync<CacheLogException>(() => waiting));
        Assert.Same(Fault, await Assert.ThrowsAsync<CacheLogException>(() => _acknowledged.WaitAsync(6)));
        Assert.True(_acknowledged.WaitAsync(4).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task The_first_fault_is_the_one_that_is_told()
    {
        _acknowledged.Fail(Fault);
        _acknowledged.Fail(new CacheLogException("another"));

        Assert.Same(Fault, await Assert.ThrowsAsync<CacheLogException>(() => _acknowledged.WaitAsync(5)));
    }

    [Fact]
    public async Task Nobody_goes_on_inside_of_who_publishes()
    {
        int publisher = 0;
        int waiter = 0;
        Task continued = _acknowledged.WaitAsync(5).ContinueWith(
            _ => waiter = Environment.CurrentManagedThreadId, TaskContinuationOptions.ExecuteSynchronously);
        var publishing = new Thread(() =>
        {
            publisher = Environment.CurrentManagedThreadId;
            _acknowledged.Publish(5);
        });
        publishing.Start();
        publishing.Join();
        await continued;

        Assert.NotEqual(publisher, waiter);
    }

    [Fact]
    public async Task What_was_lost_in_a_failure_is_never_durable()
    {
        _acknowledged.Fail(Fault);
        _acknowledged.Resume(10);
        Assert.Equal(10u, _acknowledged.DurableSequence);
        Assert.False(_acknowledged.IsDurable(9));
        _acknowledged.Publish(20);

        foreach (ulong lost in (ulong[])[5, 7, 9])
        {
            Assert.Same(Fault, await Assert.ThrowsAsync<CacheLogException>(() => _acknowledged.WaitAsync(lost)));
        }

        Assert.True(_acknowledged.WaitAsync(4).IsCompletedSuccessfully);
        Assert.True(_acknowledged.WaitAsync(10).IsCompletedSuccessfully);
        Assert.True(_acknowledged.WaitAsync(20).IsCompletedSuccessfully);
        Assert.False(_acknowledged.WaitAsync(21).IsCompleted);
    }

    [Fact]
    public async Task Each_failure_has_lost_what_was_not_durable_then()
    {
        var second = new CacheLogException("once more");
        _acknowledged.Fail(Fault);
        _acknowledged.Resume(10);
        _acknowledged.Publish(12);
        _acknowledged.Fail(second);
        _acknowledged.Resume(15);

        Assert.Same(Fault, await Assert.ThrowsAsync<CacheLogException>(() => _acknowledged.WaitAsync(9)));
        Assert.True(_acknowledged.WaitAsync(12).IsCompletedSuccessfully);
        Assert.Same(second, await Assert.ThrowsAsync<CacheLogException>(() => _acknowledged.WaitAsync(13)));
        Assert.False(_acknowledged.WaitAsync(16).IsCompleted);
    }
}
