namespace FastCache.Persistence;

/// <summary>What is wrong with a part of a log's files.</summary>
public enum LogDamageKind
{
    /// <summary>The header of a segment: nothing in its file can be believed.</summary>
    SegmentHeader,

    /// <summary>There should be a block, and there is none that can be recognised.</summary>
    NoBlock,

    /// <summary>The bytes of a block cannot be read, or are not those that were written.</summary>
    StoredBytes,

    /// <summary>The bytes of a block are whole, but of a codec that is not known here.</summary>
    UnknownCodec,

    /// <summary>The bytes of a block are whole, but its codec does not make of them what was written.</summary>
    Content,

    /// <summary>A block's content is whole, but does not consist of records.</summary>
    Records,

    /// <summary>The mark of an orderly stop.</summary>
    StopMark,
}
