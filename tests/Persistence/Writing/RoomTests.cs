using FastCache.Persistence.Writing;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Writing;

public sealed class RoomTests
{
    private readonly Room _room = new(bound: 10);

    [Fact]
    public void There_is_room_up_to_the_bound()
    {
        _room.Take(10);
        Assert.False(_room.IsExhausted);
        Assert.True(_room.WaitAsync().IsCompletedSuccessfully);

        _room.Take(1);
        Assert.True(_room.IsExhausted);
        Assert.False(_room.WaitAsync().IsCompleted);
    }

    [Fact]
    public void Who_waits_goes_on_when_half_of_the_bound_is_free()
    {
        _room.Take(11);
        Task first = _room.WaitAsync();
        Task second = _room.WaitAsync();

        _room.Free(5);
        Assert.False(first.IsCompleted);
        _room.Free(1);

        Assert.True(first.IsCompletedSuccessfully);
        Assert.True(second.IsCompletedSuccessfully);
    }

    [Fact]
    public void Who_comes_later_waits_again()
    {
        _room.Take(11);
        Task first = _room.WaitAsync();
        _room.Free(11);
        _room.Take(11);

        Task second = _room.WaitAsync();

        Assert.True(first.IsCompletedSuccessfully);
        Assert.False(second.IsCompleted);
    }

    [Fact]
    public void When_it_is_closed_nobody_waits()
    {
        _room.Take(11);
        Task first = _room.WaitAsync();

        _room.Close();

        Assert.True(first.IsCompletedSuccessfully);
        Assert.True(_room.WaitAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public void When_it_is_open_again_there_is_as_much_room_as_was_not_taken()
    {
        _room.Take(11);
        _room.Close();
        _room.Open();
        Assert.True(_room.IsExhausted);
        Task waiting = _room.WaitAsync();
        Assert.False(waiting.IsCompleted);

        _room.Free(6);

        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Nobody_who_waits_is_overlooked_by_who_frees()
    {
        await Wait.LeaveRunner();
        const int Rounds = 1000;
        using var taken = new ManualResetEventSlim();
        Crew.RunPair(
            () =>
            {
                for (int round = 0; round < Rounds; round++)
                {
                    _room.Take(11);
                    taken.Set();
                    _room.WaitAsync().GetAwaiter().GetResult();
                }
            },
            () =>
            {
                for (int round = 0; round < Rounds; round++)
                {
                    taken.Wait();
                    taken.Reset();
                    _room.Free(11);
                }
            });

        Assert.True(_room.WaitAsync().IsCompletedSuccessfully);
    }
}
