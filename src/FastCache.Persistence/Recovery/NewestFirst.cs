using FastCache.Persistence.Format;
using FastCache.Persistence.Writing;

namespace FastCache.Persistence.Recovery;

/// <summary>Tells, from the newest record to the oldest, what each still says: the first one of a key that is met is its newest.</summary>
/// <param name="expectedKeys">For how many keys there is room before it has to grow.</param>
internal sealed class NewestFirst(int expectedKeys)
{
    private readonly DigestSet _seen = new(expectedKeys);
    private readonly DigestSet _removedTags = new();
    private readonly Dictionary<(RecordKind Kind, string Text), KeyPattern> _removedKeys = [];

    /// <summary>Judges the next older record. Amortised O(1), and O(tags + prefixes and patterns removed since) for a put.</summary>
    public RecordFate Judge(in RecordView record)
    {
        switch (record.Kind)
        {
            case RecordKind.Clear:
                return RecordFate.End;
            case RecordKind.RemoveTag:
                _removedTags.Add(KeyDigest.Of(record.Text));
                return RecordFate.Noted;
            case RecordKind.RemovePrefix or RecordKind.RemovePattern:
                KeyPattern pattern = RemovalText.PatternOf(record.Kind, record.Text);
                _removedKeys.TryAdd((record.Kind, pattern.Text), pattern);
                return RecordFate.Noted;
            default:
                return !_seen.Add(record.KeyDigest) ? RecordFate.Superseded
                    : record.Kind == RecordKind.Put && IsRemoved(record) ? RecordFate.Removed
                    : RecordFate.Newest;
        }
    }

    private bool IsRemoved(in RecordView put) => HasRemovedTag(put.Text) || HasRemovedKey(put.Key);

    private bool HasRemovedTag(ReadOnlySpan<byte> tags)
    {
        var list = new TagList(tags);
        bool isRemoved = false;
        while (!isRemoved && _removedTags.Count > 0 && list.MoveNext())
        {
            isRemoved = _removedTags.Contains(KeyDigest.Of(list.Current));
        }

        return isRemoved;
    }

    private bool HasRemovedKey(ReadOnlySpan<byte> key)
    {
        // Damage that no checksum has noticed is for the key's serializer to find.
        if (_removedKeys.Count == 0 || !TextBytes.IsValid(key))
        {
            return false;
        }

        string text = TextBytes.Read(key);
        return _removedKeys.Values.Any(pattern => pattern.Matches(text));
    }
}
