using FastCache.Persistence.Writing;
using Xunit;

namespace FastCache.Tests.Persistence.Writing;

public sealed class OldSegmentsTests
{
    private readonly OldSegments _old = new(floor: 5);
    private readonly List<OldSegment> _taken = [];

    public OldSegmentsTests()
    {
        for (ulong id = 1; id <= 4; id++)
        {
            _old.Add(new OldSegment(id, LastSequence: 10 * id, Length: 100));
        }
    }

    [Fact]
    public void The_oldest_goes_first()
    {
        Assert.Equal((400, 4u), (_old.Length, _old.KeptAfter));
        Assert.True(_old.TryTakeOldest(before: 9, out OldSegment first));
        Assert.True(_old.TryTakeOldest(before: 9, out OldSegment second));

        Assert.Equal((1u, 2u), (first.Id, second.Id));
        Assert.Equal((200, 20u), (_old.Length, _old.KeptAfter));
    }

    [Fact]
    public void What_is_not_older_than_asked_for_stays_be_it_copied_or_not()
    {
        Assert.False(_old.TryTakeOldest(before: 1, out _));
        _old.SetCopied(1, copiedUntil: 50);
        Assert.False(_old.TryTakeOldest(before: 1, out _));
        Assert.Equal(400, _old.Length);
    }

    [Fact]
    public void What_was_copied_goes_when_its_copies_are_durable()
    {
        _old.SetCopied(1, copiedUntil: 50);
        _old.SetCopied(2, copiedUntil: 60);
        Assert.Equal((200, 20u), (_old.CopiedLength, _old.KeptAfter));

        Assert.Equal(0, _old.Take(durable: 49, maxLength: 1000, _taken));
        Assert.Empty(_taken);
        Assert.Equal(0, _old.Take(durable: 50, maxLength: 1000, _taken));

        Assert.Equal([1u], _taken.Select(static segment => segment.Id));
        Assert.Equal((300, 100), (_old.Length, _old.CopiedLength));
    }

    [Fact]
    public void As_many_go_as_it_takes_and_what_was_not_copied_durably_is_forgotten()
    {
        _old.SetCopied(1, copiedUntil: 50);
        _old.SetCopied(2, copiedUntil: 60);

        Assert.Equal(2, _old.Take(durable: 50, maxLength: 199, _taken));

        Assert.Equal([1u, 2u, 3u], _taken.Select(static segment => segment.Id));
        Assert.Equal((100, 0, 30u), (_old.Length, _old.CopiedLength, _old.KeptAfter));
    }

    [Fact]
    public void One_that_has_gone_meanwhile_is_not_copied()
    {
        _old.TryTakeOldest(before: 9, out _);
        _old.SetCopied(1, copiedUntil: 50);

        Assert.Equal(0, _old.CopiedLength);
        Assert.True(_old.TryPeekKept(out OldSegment kept));
        Assert.Equal(2u, kept.Id);
    }

    [Fact]
    public void Without_any_there_is_nothing_to_take()
    {
        _old.Take(durable: 0, maxLength: 0, _taken);

        Assert.Equal(4, _taken.Count);
        Assert.False(_old.TryPeekKept(out _));
        Assert.False(_old.TryTakeOldest(before: ulong.MaxValue, out _));
        Assert.Equal((0, 40u), (_old.Length, _old.KeptAfter));
    }
}
