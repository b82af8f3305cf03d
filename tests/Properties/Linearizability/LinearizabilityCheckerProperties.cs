using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static FastCache.Tests.Properties.Linearizability.OperationKind;

namespace FastCache.Tests.Properties.Linearizability;

/// <summary>The checker of histories is right.</summary>
public sealed class LinearizabilityCheckerProperties
{
    private const int Histories = 3000;
    private const int Threads = 3;
    private const int MaxMoves = 14;

    private static readonly OperationKind[] Kinds = [TryGet, Set, TryAdd, TryUpdate, TryUpdateIf, TryRemoveValue, TryRemoveIf, Clear];
    private static readonly ProgramSetup Setup = new(1);

    // What a thread does next: it begins a call, or ends the one it is in.
    private static readonly Gen<Move> Moves =
        from thread in Gen.Choose(0, Threads - 1)
        from kind in Gen.Elements(Kinds)
        from value in Gen.Choose(1, 3)
        from compared in Gen.Choose(1, 3)
        from takesEffectLate in Gen.Elements(true, false)
        from lie in Gen.Frequency((9, Gen.Constant<Answer?>(null)), (1, Gen.Elements<Answer?>(Answer.Absent, Answer.Value(1), Answer.Of(true), Answer.Of(false))))
        select new Move(thread, kind, value, compared, takesEffectLate, lie);

    [Fact]
    public void It_agrees_with_trying_every_order()
    {
        int linearizable = 0;
        int checkedOnes = 0;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Histories),
            Prop.ForAll(Arb.From(Gen.Choose(1, MaxMoves).SelectMany(count => Gen.ArrayOf(Moves, count))), moves =>
            {
                History history = HistoryOf(moves);
                bool expected = PermutationOracle.IsLinearizable(history);
                checkedOnes++;
                linearizable += expected ? 1 : 0;
                bool found = LinearizabilityChecker.FindFault(history, Setup) is null;

                // A clear may go round more than once, which an order of calls cannot say.
                Assert.True(found == expected || (found && moves.Any(static move => move.Kind == Clear)), $"by trying every order: {expected}");
            }));

        // Neither answer is the rule.
        Assert.InRange(linearizable, checkedOnes / 10, checkedOnes * 9 / 10);
    }

    [Fact]
    public void What_is_left_of_a_history_after_pruning_is_a_fault_of_the_whole()
        => Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Histories),
            Prop.ForAll(Arb.From(Gen.Choose(1, MaxMoves).SelectMany(count => Gen.ArrayOf(Moves, count))), moves =>
            {
                History history = HistoryOf(moves);
                if (LinearizabilityChecker.FindFault(history, Setup) is { } key)
                {
                    History pruned = HistoryPruning.Prune(history, key, Setup);
                    Assert.False(PermutationOracle.IsLinearizable(pruned));
                    Assert.NotEmpty(HistoryTable.Print(pruned));
                }
            }));

    /// <summary>A history that is linearizable as long as nobody lies.</summary>
    private static History HistoryOf(IEnumerable<Move> moves)
    {
        var history = new HistoryBuilder();
        var running = new (Call Call, Answer? Answer)?[Threads];
        int? value = null;
        foreach (Move move in moves)
        {
            if (running[move.Thread] is { } begun)
            {
                (Answer late, int? after) = PermutationOracle.Apply(begun.Call, value);
                value = begun.Answer is null ? after : value;
                history.End(begun.Call, move.Lie ?? begun.Answer ?? late);
                running[move.Thread] = null;
            }
            else
            {
                Call call = history.Begin(move.Thread, move.Kind, move.Value, compared: move.Compared);
                (Answer early, int? after) = PermutationOracle.Apply(call, value);
                value = move.TakesEffectLate ? value : after;
                running[move.Thread] = (call, move.TakesEffectLate ? null : early);
            }
        }

        return history.Build();
    }

    private sealed record Move(int Thread, OperationKind Kind, int Value, int Compared, bool TakesEffectLate, Answer? Lie);
}
