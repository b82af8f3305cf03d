using FastCache.Eviction;
using FastCache.Tests.Properties.Table;
using Xunit;

namespace FastCache.Tests.Properties.Eviction;

/// <summary>
/// Whatever happens to a shard, a policy follows exactly its entries, evicts one entry a call or none, and asks a bounded
/// number of questions.
/// </summary>
public class PolicyProperties
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(60)]
    public void The_frecency_policy_follows_exactly_the_entries_of_its_shard(int capacity)
        => Check(() => new PolicyModel<FrecencyPolicy<UnitWeights>>(
            capacity, setup => new FrecencyPolicy<UnitWeights>(setup)));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    public void The_clock_policy_follows_exactly_the_entries_of_its_shard(int capacity)
        => Check(() => new PolicyModel<ClockPolicy<UnitWeights>>(capacity, setup => new ClockPolicy<UnitWeights>(setup)));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    public void The_fifo_policy_follows_exactly_the_entries_of_its_shard(int capacity)
        => Check(() => new PolicyModel<FifoPolicy<UnitWeights>>(capacity, setup => new FifoPolicy<UnitWeights>(setup)));

    private static void Check<TPolicy>(Func<PolicyModel<TPolicy>> create)
        where TPolicy : struct, IEvictionPolicy
        => Steps.Check(sequences: 60, longest: 400, steps =>
        {
            PolicyModel<TPolicy> model = create();
            foreach (Step step in steps)
            {
                model.Do(step);
            }

            model.Drain();
        });
}
