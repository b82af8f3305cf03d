using FastCache.Timing;

namespace FastCache.Tests.Unit.TestTypes;

/// <summary>One line of a <see cref="RecordingJournal{TKey, TValue}"/>.</summary>
/// <param name="Kind">What has happened.</param>
/// <param name="Key">The key; of a clear, none.</param>
/// <param name="Value">The value that was put.</param>
/// <param name="Lifetime">Until when it may be served.</param>
/// <param name="Now">The moment as of which that was said.</param>
/// <param name="Tag">The tag that is removed.</param>
/// <param name="Pattern">Which keys are removed.</param>
internal sealed record JournalEntry<TKey, TValue>(
    JournalEntryKind Kind, TKey? Key = default, TValue? Value = default, Lifetime Lifetime = default, long Now = 0, string? Tag = null, KeyPattern? Pattern = null)
{
    /// <summary>Whether it removes what was put earlier.</summary>
    public bool Removes(JournalEntry<TKey, TValue> put)
        => Kind switch
        {
            JournalEntryKind.RemoveTag when put.Lifetime.Tags is { } tags => Enumerable.Range(0, tags.Count).Any(index => tags[index] == Tag),
            JournalEntryKind.RemoveMatching => Pattern!.Matches(put.Key!.ToString()),
            JournalEntryKind.Clear => true,
            _ => false,
        };

    public override string ToString()
        => Kind switch
        {
            JournalEntryKind.Put => $"put {Key} = {Value}",
            JournalEntryKind.Remove => $"remove {Key}",
            JournalEntryKind.RemoveTag => $"remove tag {Tag}",
            JournalEntryKind.RemoveMatching => $"remove all of {Pattern!.Text}",
            _ => "clear",
        };
}
