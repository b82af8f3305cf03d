using Xunit;
using static FastCache.Tests.Properties.Linearizability.OperationKind;

namespace FastCache.Tests.Properties.Linearizability;

/// <summary>Histories of entries that expire, by hand.</summary>
public sealed class LinearizabilityOfExpiryTests
{
    private static readonly ProgramSetup Precise = new(1) { Expiring = Expiring.Precisely };
    private static readonly ProgramSetup Coarse = new(1) { Expiring = Expiring.Coarsely };
    private static readonly ProgramSetup Sliding = Precise with { AfterAccess = 20 };
    private readonly HistoryBuilder _history = new();

    [Fact]
    public void Nothing_expires_early()
    {
        _history.Do(0, SetFor, Answer.Of(true), 1, milliseconds: 20);
        _history.Do(0, Advance, Answer.Done, milliseconds: 19);
        _history.Do(1, TryGet, Answer.Absent);

        _history.AssertNotLinearizable(Precise);
        _history.AssertNotLinearizable(Coarse);
    }

    [Fact]
    public void Nothing_expired_is_returned_in_precise_time_and_in_coarse_time_up_to_a_tick_later()
    {
        _history.Do(0, SetFor, Answer.Of(true), 1, milliseconds: 20);
        _history.Do(0, Advance, Answer.Done, milliseconds: 49);
        _history.Do(1, TryGet, Answer.Value(1));

        _history.AssertNotLinearizable(Precise);
        _history.AssertLinearizable(Coarse);
    }

    [Fact]
    public void Nothing_expired_is_returned_in_coarse_time_once_the_next_tick_has_begun()
    {
        _history.Do(0, SetFor, Answer.Of(true), 1, milliseconds: 20);
        _history.Do(0, Advance, Answer.Done, milliseconds: 50);
        _history.Do(1, TryGet, Answer.Value(1));

        _history.AssertNotLinearizable(Coarse);
    }

    [Fact]
    public void An_entry_whose_end_comes_during_a_read_may_be_there_or_not()
    {
        _history.Do(0, SetFor, Answer.Of(true), 1, milliseconds: 20);
        Call[] reads = [_history.Begin(1, TryGet), _history.Begin(2, TryGet)];
        _history.Do(0, Advance, Answer.Done, milliseconds: 20);
        _history.End(reads[0], Answer.Value(1));
        _history.End(reads[1], Answer.Absent);
        _history.AssertLinearizable(Precise);

        _history.Do(1, TryGet, Answer.Value(1));
        _history.AssertNotLinearizable(Precise);
    }

    [Fact]
    public void A_read_whose_entry_goes_meanwhile_may_have_kept_it_before()
    {
        _history.Do(0, Set, Answer.Of(true), 1);
        _history.Do(0, Advance, Answer.Done, milliseconds: 10);
        Call read = _history.Begin(1, TryGet);
        _history.Do(0, Advance, Answer.Done, milliseconds: 10);
        _history.Do(0, TryRemove, Answer.Of(true));
        _history.End(read, Answer.Absent);

        _history.AssertLinearizable(Sliding);
    }

    [Fact]
    public void A_read_that_is_over_keeps_nothing()
    {
        _history.Do(0, Set, Answer.Of(true), 1);
        _history.Do(1, TryGet, Answer.Value(1));
        _history.Do(0, Advance, Answer.Done, milliseconds: 20);
        _history.Do(0, TryRemove, Answer.Of(true));

        _history.AssertNotLinearizable(Sliding);
    }

    [Fact]
    public void A_life_is_counted_from_a_moment_of_the_call()
    {
        Call write = _history.Begin(1, SetFor, 1, milliseconds: 20);
        _history.Do(0, Advance, Answer.Done, milliseconds: 10);
        _history.End(write, Answer.Of(true));
        Call[] reads = [_history.Begin(1, TimeToLive), _history.Begin(2, TimeToLive)];
        _history.End(reads[0], Answer.Time(10));
        _history.End(reads[1], Answer.Time(10));
        _history.AssertLinearizable(Precise);

        _history.Do(1, TimeToLive, Answer.Time(20));
        _history.AssertNotLinearizable(Precise);
    }

    [Fact]
    public void A_life_is_not_counted_from_a_moment_before_the_call()
    {
        _history.Do(0, Advance, Answer.Done, milliseconds: 10);
        _history.Do(1, SetFor, Answer.Of(true), 1, milliseconds: 20);
        _history.Do(1, TimeToLive, Answer.Time(10));

        _history.AssertNotLinearizable(Precise);
    }

    [Fact]
    public void What_has_expired_can_be_added_again()
    {
        _history.Do(0, SetFor, Answer.Of(true), 1, milliseconds: 20);
        _history.Do(0, TryAdd, Answer.Of(false), 2);
        _history.Do(0, Advance, Answer.Done, milliseconds: 20);
        _history.Do(0, TryUpdate, Answer.Of(false), 3);
        _history.Do(0, TryAdd, Answer.Of(true), 4);

        _history.AssertLinearizable(Precise);
    }

    [Fact]
    public void A_read_moves_the_end_of_an_entry_with_an_idle_limit_and_a_peek_does_not()
    {
        _history.Do(0, Set, Answer.Of(true), 1);
        _history.Do(0, Advance, Answer.Done, milliseconds: 10);
        _history.Do(0, TryGet, Answer.Value(1));
        _history.Do(0, Advance, Answer.Done, milliseconds: 15);
        _history.Do(0, TryPeek, Answer.Value(1));
        _history.Do(0, TimeToLive, Answer.Time(5));
        _history.AssertLinearizable(Sliding);

        _history.Do(0, Advance, Answer.Done, milliseconds: 10);
        _history.Do(0, TryPeek, Answer.Value(1));
        _history.AssertNotLinearizable(Sliding);
    }

    [Fact]
    public void An_entry_that_is_to_have_expired_by_now_is_removed()
    {
        _history.Do(0, Set, Answer.Of(true), 1);
        _history.Do(0, TrySetExpiryPassed, Answer.Of(false));
        _history.Do(0, TryGet, Answer.Value(1));

        _history.AssertNotLinearizable(Precise);
    }
}
