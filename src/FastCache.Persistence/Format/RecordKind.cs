namespace FastCache.Persistence.Format;

/// <summary>What a record says: the low half of its first byte.</summary>
internal enum RecordKind : byte
{
    /// <summary>A key has a value.</summary>
    Put = 1,

    /// <summary>A key, known by its digest, has no value.</summary>
    Remove = 2,

    /// <summary>No key has a value.</summary>
    Clear = 3,

    /// <summary>No key has a value that was put with a tag.</summary>
    RemoveTag = 4,

    /// <summary>No key that begins with a text has a value.</summary>
    RemovePrefix = 5,

    /// <summary>No key that follows a pattern has a value.</summary>
    RemovePattern = 6,
}
