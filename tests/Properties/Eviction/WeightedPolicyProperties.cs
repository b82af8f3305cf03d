using FastCache.Eviction;
using FastCache.Tests.Properties.Table;
using Xunit;

namespace FastCache.Tests.Properties.Eviction;

/// <summary>
/// Whatever the entries of a shard weigh, a policy follows exactly them, makes any room that is asked for, spares the entry that
/// room is made for, and evicts nobody before it has admitted a newcomer.
/// </summary>
public class WeightedPolicyProperties
{
    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(5000)]
    public void The_frecency_policy_makes_any_room_that_is_asked_for(int limit)
        => Check(limit, setup => new FrecencyPolicy<StoredWeights>(setup));

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    public void The_clock_policy_makes_any_room_that_is_asked_for(int limit)
        => Check(limit, setup => new ClockPolicy<StoredWeights>(setup));

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    public void The_fifo_policy_makes_any_room_that_is_asked_for(int limit)
        => Check(limit, setup => new FifoPolicy<StoredWeights>(setup));

    private static void Check<TPolicy>(int limit, Func<PolicySetup<StoredWeights>, TPolicy> create)
        where TPolicy : struct, IEvictionPolicy
        => Steps.Check(sequences: 60, longest: 400, steps =>
        {
            var model = new WeightedPolicyModel<TPolicy>(limit, create);
            foreach (Step step in steps)
            {
                model.Do(step);
            }

            model.Drain();
        });
}
