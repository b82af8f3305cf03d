namespace FastCache.Tests.Unit.TestTypes;

/// <summary>What a cache asks of a journal outside its turns.</summary>
internal enum JournalCall
{
    Describe,
    SetLifetime,
    BeginClear,
    Complete,
    CompleteUnawaited,
    RemoveTag,
    RemoveMatching,
    CompleteAll,
}
