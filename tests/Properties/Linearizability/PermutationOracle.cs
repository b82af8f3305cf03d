using static FastCache.Tests.Properties.Linearizability.OperationKind;

namespace FastCache.Tests.Properties.Linearizability;

/// <summary>Tries every order of the calls of one key on a variable: what a checker has to agree with. For a handful of calls.</summary>
internal static class PermutationOracle
{
    public static bool IsLinearizable(History history) => CanGoOn([.. history.Calls], null);

    /// <summary>What a call does to a variable.</summary>
    public static (Answer Answer, int? After) Apply(Call call, int? value)
    {
        int written = call.Operation.Value;
        bool isPresent = value is not null;
        bool isEqual = value == call.Compared;
        return call.Operation.Kind switch
        {
            TryGet => (value is { } found ? Answer.Value(found) : Answer.Absent, value),
            Set => (Answer.Of(true), written),
            TryAdd => (Answer.Of(!isPresent), value ?? written),
            TryUpdate => (Answer.Of(isPresent), isPresent ? written : null),
            TryUpdateIf => (Answer.Of(isEqual), isEqual ? written : value),
            TryRemoveValue => (value is { } removed ? Answer.Value(removed) : Answer.Absent, null),
            TryRemoveIf => (Answer.Of(isEqual), isEqual ? null : value),
            Clear => (Answer.Done, null),
            _ => throw new ArgumentOutOfRangeException(nameof(call)),
        };
    }

    private static bool CanGoOn(List<Call> left, int? value)
    {
        if (left.TrueForAll(call => call.Responded == Call.Never))
        {
            return true;
        }

        foreach (Call next in left.Where(call => left.TrueForAll(other => other.Responded >= call.Invoked)))
        {
            (Answer answer, int? after) = Apply(next, value);
            bool isRight = next.Responded == Call.Never || answer == next.Answer;
            if (isRight && CanGoOn([.. left.Where(call => call != next)], after))
            {
                return true;
            }
        }

        return false;
    }
}
