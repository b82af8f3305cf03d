namespace FastCache.Tests.Persistence.Crashes;

/// <summary>What a program does to a cache and its log.</summary>
internal enum LogStepKind
{
    Set,
    SetTagged,
    SetWithDeadline,
    SetWithIdleLimit,
    SetAcknowledged,
    TryUpdate,
    GetOrAdd,
    ShortenLife,
    Remove,
    RemoveAcknowledged,
    RemoveTag,
    RemoveTagAcknowledged,
    RemovePrefix,
    Clear,
    ClearAcknowledged,
    Flush,
    Advance,
    SetClockBack,
    FailOnce,
    FailForAWhile,
    Reopen,
    KillProcess,
    CutPower,
}
