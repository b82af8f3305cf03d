namespace FastCache.Tests.Properties.Loading;

/// <summary>What a program does with a cache that loads.</summary>
internal enum LoadStepKind
{
    Load,
    LoadInThread,
    LoadMany,
    CancelCaller,
    EndWithValue,
    EndWithFailure,
    EndCancelled,
    EndGivenUp,
    EndByAsking,
    Set,
    TryRemove,
    Clear,
    Trim,
    Advance,

    /// <summary>Adds other keys, so that the tables grow.</summary>
    Grow,
}

/// <summary>What a factory does in its synchronous part, when it is called by the step itself. Later ones stall.</summary>
internal enum Behaviour
{
    /// <summary>Waits until a step tells it how to end.</summary>
    Stall,
    Return,
    Throw,

    /// <summary>Asks for its own key.</summary>
    AskItself,

    /// <summary>Asks for another key.</summary>
    AskAnother,

    /// <summary>Asks for the key whose factory has asked for this one.</summary>
    AskBack,
}

/// <summary>One step, in numbers.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Key">The key, the first of several, or which of the callers or calls of factories that there are.</param>
/// <param name="Other">The key that a factory asks for.</param>
/// <param name="Behaviour">What the factory does.</param>
/// <param name="Inner">What the factory of the other key does.</param>
/// <param name="IsCancellable">Whether the caller has a token.</param>
/// <param name="HasContext">Whether the factory gets a context.</param>
/// <param name="Amount">How many keys, or which of them have a value, or how much time.</param>
internal sealed record LoadStep(
    LoadStepKind Kind,
    int Key,
    int Other,
    Behaviour Behaviour,
    Behaviour Inner,
    bool IsCancellable,
    bool HasContext,
    int Amount)
{
    /// <summary>Whether the factory is one that gets a context: questions need one.</summary>
    public bool NeedsContext => HasContext || Behaviour is Behaviour.AskItself or Behaviour.AskAnother;

    /// <summary>The keys of a load of several.</summary>
    public IEnumerable<int> KeysBelow(int universe) => Enumerable.Range(0, (Amount % 4) + 1).Select(index => (Key + index) % universe);

    public override string ToString() => Kind switch
    {
        LoadStepKind.Load => $"Load {Key}{(IsCancellable ? ", with a token" : "")}: {(NeedsContext ? "context, " : "")}{Behaviour}"
            + (Behaviour == Behaviour.AskAnother ? $" {Other}: {Inner}" : ""),
        LoadStepKind.LoadInThread => $"LoadInThread {Key}: {Behaviour}",
        LoadStepKind.LoadMany => $"LoadMany from {Key}, {(Amount % 4) + 1} keys{(IsCancellable ? ", with a token" : "")}: {Behaviour}",
        LoadStepKind.EndByAsking => $"EndByAsking {Other}: {Inner}, call {Key}",
        LoadStepKind.EndWithValue => $"EndWithValue, call {Key}, values {Amount}",
        LoadStepKind.Trim or LoadStepKind.Advance => $"{Kind} {Amount}",
        LoadStepKind.Clear or LoadStepKind.Grow => $"{Kind}",
        _ => $"{Kind} {Key}",
    };
}
