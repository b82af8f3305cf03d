namespace FastCache.Persistence.Format;

/// <summary>What a record says that removes many values: a tag, or what their keys have in common.</summary>
internal static class RemovalText
{
    /// <summary>
    /// The longest that is written, in bytes. What is meant by a longer one is in no log: the tags of a value, or its key, would be longer than
    /// a record may be. A pattern may be as long as twice a key.
    /// </summary>
    public const int MaxLength = (2 * LogFormat.MaxRecordLength) + 1;

    /// <summary>Whether it makes sense.</summary>
    public static bool IsValid(RecordKind kind, ReadOnlySpan<byte> text)
        => TextBytes.IsValid(text)
            && kind switch
            {
                RecordKind.RemoveTag => text.Length > 0,
                RecordKind.RemovePattern => KeyPattern.TryParse(TextBytes.Read(text), out _, out _),
                _ => true,
            };

    /// <summary>The keys that are meant by one that is not a tag.</summary>
    public static KeyPattern PatternOf(RecordKind kind, ReadOnlySpan<byte> text)
        => kind == RecordKind.RemovePrefix ? KeyPattern.Prefix(TextBytes.Read(text)) : KeyPattern.Parse(TextBytes.Read(text));
}
