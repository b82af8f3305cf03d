namespace FastCache.Tests.Properties.Linearizability;

/// <summary>The sorts of answers.</summary>
internal enum AnswerKind
{
    /// <summary>There is none yet.</summary>
    Pending,
    Done,
    False,
    True,
    Absent,
    Value,
    Time,

    /// <summary>The factory has thrown, the call's own or the one that it waited for.</summary>
    Failed,
}
