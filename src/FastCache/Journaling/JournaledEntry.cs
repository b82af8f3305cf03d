namespace FastCache.Journaling;

/// <summary>What a journal knows of an entry that it puts back.</summary>
/// <param name="KeyDigest">What it calls the key.</param>
/// <param name="Record">The record of it, which says where it is.</param>
/// <param name="Standing">Where it stood in its policy.</param>
/// <param name="Tags">Its tags; none if it has none.</param>
internal readonly record struct JournaledEntry(ulong KeyDigest, JournalRecord Record, EntryStanding Standing, string[] Tags);
