using Xunit;
using static FastCache.Tests.Properties.Linearizability.OperationKind;

namespace FastCache.Tests.Properties.Linearizability;

/// <summary>Histories of loads, by hand.</summary>
public sealed class LinearizabilityOfLoadsTests
{
    private readonly HistoryBuilder _history = new();

    [Fact]
    public void What_was_loaded_is_there()
    {
        Load(0, 1);
        _history.Do(1, TryGet, Answer.Value(1));
        _history.AssertLinearizable();
        _history.Do(1, TryGet, Answer.Absent);
        _history.AssertNotLinearizable();
    }

    [Fact]
    public void What_was_loaded_is_not_dropped_without_a_reason()
    {
        Load(0, 1);
        _history.Do(1, TryGet, Answer.Absent);

        _history.AssertNotLinearizable();
    }

    [Fact]
    public void A_key_that_is_present_is_not_loaded()
    {
        _history.Do(0, Set, Answer.Of(true), 1);
        Load(1, 2);

        _history.AssertNotLinearizable();
    }

    [Fact]
    public void Two_factories_of_a_key_do_not_run_at_the_same_time()
    {
        Call one = _history.Begin(0, GetOrAdd, 1);
        Call other = _history.Begin(1, GetOrAdd, 2);
        _history.BeginFactory(one);
        _history.BeginFactory(other);
        _history.Do(2, OperationKind.TryRemove, Answer.Of(false));
        _history.EndFactory(one);
        _history.EndFactory(other);
        _history.End(one, Answer.Value(1));
        _history.End(other, Answer.Value(2));

        _history.AssertNotLinearizable();
    }

    [Fact]
    public void Who_asks_meanwhile_gets_what_is_loaded_and_not_before_it_is()
    {
        Call load = _history.Begin(0, GetOrAdd, 1);
        _history.BeginFactory(load);
        Call other = _history.Begin(1, GetOrAdd, 2);
        _history.EndFactory(load);
        _history.End(other, Answer.Value(1));
        _history.End(load, Answer.Value(1));

        _history.AssertLinearizable();
    }

    [Fact]
    public void Nobody_gets_what_is_not_loaded_yet()
    {
        Call load = _history.Begin(0, GetOrAdd, 1);
        _history.BeginFactory(load);
        _history.Do(1, GetOrAdd, Answer.Value(1), 2);
        _history.EndFactory(load);
        _history.End(load, Answer.Value(1));

        _history.AssertNotLinearizable();
    }

    [Theory]
    [InlineData(nameof(OperationKind.TryRemove))]
    [InlineData(nameof(TryUpdate))]
    [InlineData(nameof(SetExpired))]
    [InlineData(nameof(Clear))]
    public void What_finds_nothing_to_write_or_remove_makes_a_load_out_of_date(string kind)
    {
        LoadWith(Enum.Parse<OperationKind>(kind), kind == nameof(Clear) ? Answer.Done : Answer.Of(false));
        _history.Do(0, TryGet, Answer.Absent);

        _history.AssertLinearizable();
    }

    [Theory]
    [InlineData(nameof(OperationKind.TryRemove))]
    [InlineData(nameof(TryUpdate))]
    [InlineData(nameof(SetExpired))]
    [InlineData(nameof(Clear))]
    public void A_load_that_is_out_of_date_is_not_kept(string kind)
    {
        LoadWith(Enum.Parse<OperationKind>(kind), kind == nameof(Clear) ? Answer.Done : Answer.Of(false));
        _history.Do(0, TryGet, Answer.Value(1));

        _history.AssertNotLinearizable();
    }

    [Fact]
    public void A_value_that_is_written_during_a_load_stays()
    {
        LoadWith(Set, Answer.Of(true));
        _history.Do(0, TryGet, Answer.Value(9));
        _history.AssertLinearizable();
        _history.Do(0, TryGet, Answer.Value(1));
        _history.AssertNotLinearizable();
    }

    [Fact]
    public void A_read_that_finds_nothing_leaves_a_load_alone()
    {
        LoadWith(TryGet, Answer.Absent);
        _history.Do(0, TryGet, Answer.Value(1));

        _history.AssertLinearizable();
    }

    [Fact]
    public void Who_asks_after_a_removal_does_not_get_what_was_being_loaded_before()
    {
        Call load = _history.Begin(0, GetOrAdd, 1);
        _history.BeginFactory(load);
        _history.Do(1, OperationKind.TryRemove, Answer.Of(false));
        Call other = _history.Begin(1, GetOrAdd, 2);
        _history.EndFactory(load);
        _history.End(load, Answer.Value(1));
        _history.End(other, Answer.Value(1));

        _history.AssertNotLinearizable();
    }

    [Fact]
    public void A_failure_is_everybodys_who_waits()
    {
        Call load = _history.Begin(0, GetOrAddFailing, 1);
        _history.BeginFactory(load);
        Call other = _history.Begin(1, GetOrAdd, 2);
        _history.EndFactory(load);
        _history.End(load, Answer.Failed);
        _history.End(other, Answer.Failed);
        _history.AssertLinearizable();
        _history.Do(1, GetOrAdd, Answer.Failed, 3);
        _history.AssertNotLinearizable();
    }

    [Fact]
    public void A_load_is_lost_if_another_key_of_the_same_hash_may_have_been_written()
    {
        Load(0, 1);
        _history.Do(1, TryGet, Answer.Absent);

        _history.AssertLinearizable(new ProgramSetup(1) { HashCodes = 1 });
    }

    private void Load(int thread, int value)
    {
        Call load = _history.Begin(thread, GetOrAdd, value);
        _history.BeginFactory(load);
        _history.EndFactory(load);
        _history.End(load, Answer.Value(value));
    }

    /// <summary>Loads 1 by thread 0; while its factory runs, another thread does something.</summary>
    private void LoadWith(OperationKind meanwhile, Answer answer)
    {
        Call load = _history.Begin(0, GetOrAdd, 1);
        _history.BeginFactory(load);
        _history.Do(1, meanwhile, answer, 9);
        _history.EndFactory(load);
        _history.End(load, Answer.Value(1));
    }
}
