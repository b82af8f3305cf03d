using FastCache.Persistence.Upkeep;
using FastCache.Persistence.Writing;
using Xunit;

namespace FastCache.Tests.Persistence.Upkeep;

public sealed class CompactionBudgetTests
{
    private readonly WriterCounters _counters = new();

    [Fact]
    public void Upkeep_writes_no_more_than_the_application()
    {
        var budget = new CompactionBudget(_counters);
        Assert.False(budget.Allows(1));

        _counters.RawBytes = 20;
        Assert.True(budget.Allows(10));
        Assert.False(budget.Allows(11));

        // What upkeep writes is written, too.
        budget.Spend(10);
        _counters.RawBytes += 10;
        Assert.True(budget.Allows(5));
        Assert.False(budget.Allows(6));
        Assert.Equal(10, budget.Spent);
    }

    [Fact]
    public void What_is_appended_and_not_yet_written_is_spent_already()
    {
        var budget = new CompactionBudget(_counters);
        _counters.RawBytes = 20;

        budget.Spend(5);

        Assert.True(budget.Allows(5));
        Assert.False(budget.Allows(6));
    }
}
