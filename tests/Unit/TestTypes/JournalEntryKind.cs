namespace FastCache.Tests.Unit.TestTypes;

/// <summary>What a line of a journal says.</summary>
internal enum JournalEntryKind
{
    Put,
    Remove,
    Clear,
    RemoveTag,
    RemoveMatching,
}
