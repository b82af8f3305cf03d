using FastCache.Tests.Properties.Linearizability;
using FastCache.Tests.Properties.Model;
using Xunit;

namespace FastCache.Tests.Schedules.Linearizability;

/// <summary>
/// The programs of tests/Properties/Linearizability, in orders that chance never takes: between any two accesses to shared memory another
/// thread may go on.
/// </summary>
public sealed class LinearizabilityOfSchedules
{
    [Fact]
    public void Calls_take_effect_one_after_the_other() => Verify<int, int, IntShape>(Mixes.Plain);

    [Fact]
    public void Calls_of_wide_structs_take_effect_one_after_the_other() => Verify<(int, string), WideValue, WideShape>(Mixes.Plain);

    [Fact]
    public void Nothing_comes_back_that_was_removed() => Verify<int, int, IntShape>(Mixes.Removing);

    [Fact]
    public void Nothing_comes_back_that_was_cleared() => Verify<int, int, IntShape>(Mixes.Clearing);

    [Fact]
    public void Calls_take_effect_one_after_the_other_while_the_table_grows() => Verify<int, int, IntShape>(Mixes.Growing);

    [Fact]
    public void A_load_is_kept_unless_its_key_was_written_or_removed_meanwhile() => Verify<string, string, TextShape>(Mixes.Loading);

    [Fact]
    public void What_is_evicted_is_gone_and_nothing_else_differs() => Verify<int, int, IntShape>(Mixes.Evicting);

    [Fact]
    public void Keys_of_one_hash_code_are_kept_apart() => Verify<int, int, IntShape>(Mixes.Colliding);

    [Fact]
    public void Nothing_expires_early_and_nothing_is_returned_that_had_expired_before_the_call() => Verify<int, int, IntShape>(Mixes.Expiring);

    [Fact]
    public void A_read_moves_the_end_of_an_entry_that_expires_when_it_is_idle() => Verify<int, int, IntShape>(Mixes.Sliding);

    private static void Verify<TKey, TValue, TShape>(Mix mix)
        where TKey : notnull
        where TShape : struct, IShape<TKey, TValue>
    {
        using var threads = new ScheduledThreads();
        new LinearizabilityCheck(threads).Verify<TKey, TValue, TShape>(mix);
    }
}
