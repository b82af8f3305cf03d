using FastCache.Persistence.Upkeep;
using FastCache.Persistence.Writing;
using Xunit;

namespace FastCache.Tests.Persistence.Upkeep;

public sealed class CompactionBudgetTests
{
    private readonly WriterCounters _counters = new();

    [Fact]
    public void Upkeep_writes_no_more_than_the_application_and_a_little_in_advance()
    {
        var budget = new CompactionBudget(_counters, advance: 10);
        Assert.True(budget.IsPositive);

        // What upkeep writes is written, too.
        budget.Spend(10);
        _counters.RawBytes = 10;
        Assert.False(budget.IsPositive);
        _counters.RawBytes += 5;
        Assert.True(budget.IsPositive);
        budget.Spend(5);
        _counters.RawBytes += 5;

        Assert.False(budget.IsPositive);
        Assert.Equal(15, budget.Spent);
    }

    [Fact]
    public void What_is_appended_and_not_yet_written_is_spent_already()
    {
        var budget = new CompactionBudget(_counters, advance: 10);

        budget.Spend(5);

        Assert.False(budget.IsPositive);
    }
}
