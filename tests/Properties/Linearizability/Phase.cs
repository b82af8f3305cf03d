namespace FastCache.Tests.Properties.Linearizability;

/// <summary>A call, or the half of a load, for one key: it takes effect somewhere between two moments.</summary>
/// <param name="Call">The call.</param>
/// <param name="Key">The key.</param>
/// <param name="Kind">Which half, if it is one.</param>
/// <param name="From">It has no effect before this moment.</param>
/// <param name="To">Nor after this one; <see cref="Call.Never"/> for one that is pending, and may have none at all.</param>
/// <param name="Answer">What came of it.</param>
/// <param name="Given">The values that an enumeration gave for the key.</param>
internal sealed record Phase(Call Call, int Key, PhaseKind Kind, long From, long To, Answer Answer, int[] Given)
{
    /// <summary>What the first half of a load comes to.</summary>
    public static Answer Begun => Answer.Done;

    public bool IsPending => To == Call.Never;

    /// <summary>What is loaded, if it is a load.</summary>
    public int LoadedValue => Call.Operation.LoadedValue(Key);

    /// <summary>The phases of a call for a key: a load whose own factory ran has two, with the factory between them.</summary>
    public static IEnumerable<Phase> Of(Call call, int key)
    {
        Answer answer = call.AnswerFor(key);
        if (call.FactoryRuns.Find(run => run.Key == key) is not { } factory)
        {
            yield return new Phase(call, key, PhaseKind.Whole, call.Invoked, call.Responded, answer, call.GivenFor(key));
            yield break;
        }

        yield return new Phase(call, key, PhaseKind.LoadBegins, call.Invoked, factory.Started, Begun, []);
        if (factory.Ended != Call.Never)
        {
            yield return new Phase(call, key, PhaseKind.LoadEnds, factory.Ended, call.Responded, answer, []);
        }
    }
}
