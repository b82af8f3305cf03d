using FastCache.Eviction;
using Xunit;

namespace FastCache.Tests.Unit.Eviction;

public sealed class StoredWeightsTests
{
    private readonly StoredWeights _weights = new(slotCount: 4);

    [Fact]
    public void All_weigh_one_and_are_equal_until_one_does_not()
    {
        _weights.Set(2, 1);
        Assert.True(_weights.AreEqual);
        Assert.Equal([1, 1, 1, 1], All(4));

        _weights.Set(3, 0);

        Assert.False(_weights.AreEqual);
        Assert.Equal([1, 1, 1, 0], All(4));
    }

    [Fact]
    public void A_copy_sees_what_the_other_is_told()
    {
        StoredWeights copy = _weights;

        copy.Set(1, 7);

        Assert.Equal([1, 7, 1, 1], All(4));
    }

    [Fact]
    public void A_weight_that_was_prepared_for_takes_no_memory()
    {
        _weights.PrepareFor(5);

        long before = GC.GetAllocatedBytesForCurrentThread();
        _weights.Set(1, 5);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal([1, 5, 1, 1], All(4));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weights_follow_their_entries_to_other_slots(bool differBefore)
    {
        _weights.Set(3, differBefore ? 9 : 1);

        _weights.Renumber([1, -1, 0, 5], slotCount: 6);
        _weights.Set(4, 8);

        Assert.Equal([1, 1, 8, differBefore ? 9 : 1], All(6).Where(static (_, slot) => slot is not (2 or 3)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_restored_is_as_it_was_before_it_was_renumbered(bool differBefore)
    {
        _weights.Set(3, differBefore ? 9 : 1);

        int[]? before = _weights.Renumber([0, -1, 1, -1], slotCount: 2);
        _weights.Restore(before, slotCount: 4);
        _weights.Set(2, 8);

        Assert.Equal([1, 1, 8, differBefore ? 9 : 1], All(4));
    }

    private IEnumerable<int> All(int count) => Enumerable.Range(0, count).Select(_weights.Of);
}
