using FastCache.Timing;

namespace FastCache.Tests.Unit.TestTypes;

/// <summary>One line of a <see cref="RecordingJournal{TKey, TValue}"/>.</summary>
/// <param name="Kind">What has happened.</param>
/// <param name="Key">The key; of a clear, none.</param>
/// <param name="Value">The value that was put.</param>
/// <param name="Lifetime">Until when it may be served.</param>
/// <param name="Now">The moment as of which that was said.</param>
internal sealed record JournalEntry<TKey, TValue>(
    JournalEntryKind Kind, TKey? Key = default, TValue? Value = default, Lifetime Lifetime = default, long Now = 0)
{
    public override string ToString()
        => Kind switch
        {
            JournalEntryKind.Put => $"put {Key} = {Value}",
            JournalEntryKind.Remove => $"remove {Key}",
            _ => "clear",
        };
}
