namespace FastCache.Tests.Properties.Linearizability;

/// <summary>One call of a history: when it began and ended, by a counter that all threads share, and what came of it.</summary>
internal sealed record Call(int Thread, Operation Operation, long Invoked)
{
    /// <summary>When an end that has not come yet is.</summary>
    public const long Never = long.MaxValue;

    public long Responded { get; set; } = Never;

    public Answer Answer { get; set; }

    /// <summary>What the value was compared with.</summary>
    public int Compared { get; init; }

    /// <summary>The value that an update was made from; 0 if it was not asked for.</summary>
    public int UpdatedFrom { get; set; }

    /// <summary>The values of the keys that a call of several has given, in its order.</summary>
    public IReadOnlyList<(int Key, int Value)> Given { get; set; } = [];

    /// <summary>When its factory ran, for which key.</summary>
    public List<FactoryRun> FactoryRuns { get; init; } = [];

    /// <summary>What it came to for one of its keys.</summary>
    public Answer AnswerFor(int key)
    {
        if (Answer.Kind is AnswerKind.Pending or AnswerKind.Failed || Operation.Kind is not (OperationKind.GetMany or OperationKind.GetOrAddMany))
        {
            return Answer;
        }

        int[] values = GivenFor(key);
        return values.Length == 0 ? Answer.Absent : Answer.Value(values[0]);
    }

    public int[] GivenFor(int key) => [.. Given.Where(entry => entry.Key == key).Select(entry => entry.Value)];
}
