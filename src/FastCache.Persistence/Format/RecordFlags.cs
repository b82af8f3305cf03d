namespace FastCache.Persistence.Format;

/// <summary>What a put holds besides key and value: the high half of its first byte.</summary>
[Flags]
internal enum RecordFlags : byte
{
    None = 0,

    /// <summary>A moment at which the value expires.</summary>
    Deadline = 0x10,

    /// <summary>A time without access after which the value expires, and when that would be.</summary>
    IdleLimit = 0x20,

    /// <summary>Tags, behind the value.</summary>
    Tags = 0x40,

    /// <summary>The value is null.</summary>
    NullValue = 0x80,
}
