namespace FastCache.Tests.Persistence.Crashes;

/// <summary>What a program does to a cache and its log.</summary>
internal enum LogStepKind
{
    Set,
    SetWithDeadline,
    SetWithIdleLimit,
    SetAcknowledged,
    TryUpdate,
    GetOrAdd,
    ShortenLife,
    Remove,
    RemoveAcknowledged,
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
