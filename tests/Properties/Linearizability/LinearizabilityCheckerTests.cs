using Xunit;
using static FastCache.Tests.Properties.Linearizability.OperationKind;

namespace FastCache.Tests.Properties.Linearizability;

/// <summary>Histories by hand.</summary>
public sealed class LinearizabilityCheckerTests
{
    private readonly HistoryBuilder _history = new();

    [Fact]
    public void A_read_that_overlaps_a_write_may_see_it_or_not()
    {
        Call write = _history.Begin(0, Set, 1);
        _history.Do(1, TryGet, Answer.Absent);
        _history.Do(1, TryGet, Answer.Value(1));
        _history.End(write, Answer.Of(true));

        _history.AssertLinearizable();
    }

    [Fact]
    public void A_value_that_was_seen_does_not_go_away_again_by_itself()
    {
        Call write = _history.Begin(0, Set, 1);
        _history.Do(1, TryGet, Answer.Value(1));
        _history.Do(1, TryGet, Answer.Absent);
        _history.End(write, Answer.Of(true));

        _history.AssertNotLinearizable();
    }

    [Fact]
    public void A_read_does_not_miss_a_write_that_had_ended()
    {
        _history.Do(0, Set, Answer.Of(true), 1);
        _history.Do(0, Set, Answer.Of(true), 2);
        _history.Do(1, TryGet, Answer.Value(1));

        _history.AssertNotLinearizable();
    }

    [Fact]
    public void Nobody_reads_what_nobody_wrote()
    {
        _history.Do(0, Set, Answer.Of(true), 1);
        _history.Do(1, TryPeek, Answer.Value(3));

        _history.AssertNotLinearizable();
    }

    [Fact]
    public void Two_readers_do_not_see_two_writes_in_different_orders()
    {
        Call one = _history.Begin(0, Set, 1);
        Call other = _history.Begin(1, Set, 2);
        Call[] reads = [_history.Begin(2, TryGet), _history.Begin(3, TryGet)];
        _history.End(reads[0], Answer.Value(1));
        _history.End(reads[1], Answer.Value(2));
        reads = [_history.Begin(2, TryGet), _history.Begin(3, TryGet)];
        _history.End(reads[0], Answer.Value(2));
        _history.End(reads[1], Answer.Value(1));
        _history.End(one, Answer.Of(true));
        _history.End(other, Answer.Of(true));

        _history.AssertNotLinearizable();
    }

    [Fact]
    public void Only_one_of_two_additions_at_the_same_time_succeeds()
    {
        Call one = _history.Begin(0, TryAdd, 1);
        Call other = _history.Begin(1, TryAdd, 2);
        _history.End(one, Answer.Of(true));
        _history.End(other, Answer.Of(true));

        _history.AssertNotLinearizable();
    }

    [Fact]
    public void Two_additions_succeed_if_a_removal_may_have_come_between()
    {
        Call removal = _history.Begin(2, OperationKind.TryRemove);
        Call one = _history.Begin(0, TryAdd, 1);
        Call other = _history.Begin(1, TryAdd, 2);
        _history.End(one, Answer.Of(true));
        _history.End(other, Answer.Of(true));
        _history.End(removal, Answer.Of(true));

        _history.AssertLinearizable();
    }

    [Fact]
    public void A_value_does_not_come_back_after_its_removal()
    {
        _history.Do(0, Set, Answer.Of(true), 1);
        Call read = _history.Begin(1, TryGet);
        _history.Do(0, TryRemoveValue, Answer.Value(1));
        _history.End(read, Answer.Value(1));
        _history.Do(1, TryGet, Answer.Value(1));

        _history.AssertNotLinearizable();
    }

    [Fact]
    public void A_value_is_removed_once()
    {
        _history.Do(0, Set, Answer.Of(true), 1);
        Call one = _history.Begin(0, TryRemoveValue);
        Call other = _history.Begin(1, TryRemoveIf, compared: 1);
        _history.End(one, Answer.Value(1));
        _history.End(other, Answer.Of(true));

        _history.AssertNotLinearizable();
    }

    [Fact]
    public void Of_two_compare_and_swaps_from_one_value_one_fails()
    {
        _history.Do(0, Set, Answer.Of(true), 1);
        Call one = _history.Begin(0, TryUpdateIf, 2, compared: 1);
        Call other = _history.Begin(1, TryUpdateIf, 3, compared: 1);
        _history.End(one, Answer.Of(true));
        _history.End(other, Answer.Of(true));

        _history.AssertNotLinearizable();
    }

    [Fact]
    public void A_compare_and_swap_succeeds_twice_if_the_value_was_written_back_meanwhile()
    {
        _history.Do(0, Set, Answer.Of(true), 1);
        Call one = _history.Begin(0, TryUpdateIf, 2, compared: 1);
        Call other = _history.Begin(1, TryUpdateIf, 3, compared: 1);
        Call back = _history.Begin(2, Set, 1);
        _history.End(one, Answer.Of(true));
        _history.End(other, Answer.Of(true));
        _history.End(back, Answer.Of(true));

        _history.AssertLinearizable();
    }

    [Fact]
    public void An_update_is_made_from_the_value_that_it_replaces()
    {
        _history.Do(0, Set, Answer.Of(true), 1);
        Call write = _history.Begin(0, Set, 2);
        Call update = _history.Begin(1, AddOrUpdate, 3);
        update.UpdatedFrom = 1;
        _history.End(write, Answer.Of(true));
        _history.End(update, Answer.Value(update.Operation.UpdatedValue));
        _history.Do(0, TryGet, Answer.Value(update.Operation.UpdatedValue));

        _history.AssertNotLinearizable();
    }

    [Fact]
    public void Keys_do_not_concern_each_other()
    {
        _history.Do(0, Set, Answer.Of(true), 1, key: 0);
        _history.Do(0, TryGet, Answer.Absent, key: 1);

        _history.AssertLinearizable(new ProgramSetup(2));
    }

    [Fact]
    public void A_key_is_empty_after_a_clear_that_came_after_its_write()
    {
        _history.Do(0, Set, Answer.Of(true), 1);
        _history.Do(1, Clear, Answer.Done);
        _history.Do(0, TryGet, Answer.Value(1));

        _history.AssertNotLinearizable();
    }

    [Fact]
    public void A_clear_is_not_atomic_across_keys()
    {
        _history.Do(0, Set, Answer.Of(true), 1, key: 0);
        _history.Do(0, Set, Answer.Of(true), 2, key: 1);
        Call clear = _history.Begin(1, Clear);
        _history.Do(0, TryGet, Answer.Absent, key: 0);
        _history.Do(0, TryGet, Answer.Value(2), key: 1);
        _history.Do(0, Set, Answer.Of(true), 3, key: 0);
        _history.End(clear, Answer.Done);
        _history.Do(0, TryGet, Answer.Value(3), key: 0);
        _history.Do(0, TryGet, Answer.Absent, key: 1);

        _history.AssertLinearizable(new ProgramSetup(2));
    }

    [Fact]
    public void An_enumeration_gives_a_key_twice_only_if_it_was_away_meanwhile()
    {
        _history.Do(0, Set, Answer.Of(true), 1);
        Call enumeration = _history.Begin(1, Enumerate);
        _history.Do(0, Set, Answer.Of(true), 2);
        enumeration.Given = [(0, 1), (0, 2)];
        _history.End(enumeration, Answer.Done);

        _history.AssertNotLinearizable();
    }

    [Fact]
    public void An_enumeration_gives_what_is_there_throughout()
    {
        _history.Do(0, Set, Answer.Of(true), 1);
        _history.Enumerate(1);

        _history.AssertNotLinearizable();
    }

    [Fact]
    public void Without_room_for_everything_a_value_may_vanish()
    {
        _history.Do(0, Set, Answer.Of(true), 1);
        _history.Do(0, TryGet, Answer.Absent);
        _history.Do(0, TryAdd, Answer.Of(true), 2);

        _history.AssertNotLinearizable();
        _history.AssertLinearizable(new ProgramSetup(1) { MayEvict = true });
    }

    [Fact]
    public void What_has_vanished_does_not_come_back()
    {
        _history.Do(0, Set, Answer.Of(true), 1);
        _history.Do(0, TryGet, Answer.Absent);
        _history.Do(0, TryGet, Answer.Value(1));

        _history.AssertNotLinearizable(new ProgramSetup(1) { MayEvict = true });
    }

    [Fact]
    public void A_call_that_has_not_ended_may_have_had_its_effect_or_not()
    {
        _history.Begin(0, Set, 1);
        _history.Do(1, TryGet, Answer.Absent);
        _history.AssertLinearizable();
        _history.Do(1, TryGet, Answer.Value(1));
        _history.AssertLinearizable();
        _history.Do(1, TryGet, Answer.Absent);
        _history.AssertNotLinearizable();
    }
}
