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

    /// <summary>Reserved: no key of a tag has a value.</summary>
    RemoveTag = 4,
}
