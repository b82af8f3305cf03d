namespace FastCache.Persistence.Format;

/// <summary>Constants of the log's format; see docs/design/log-format.md.</summary>
internal static class LogFormat
{
    /// <summary>The version that is written. What a reader must know is said by the features, not by this.</summary>
    public const ushort Version = 1;

    /// <summary>Where a block may begin: at a multiple of this. A block header, being as long, never straddles a sector.</summary>
    public const int Alignment = 64;

    /// <summary>The first sequence of a log.</summary>
    public const ulong FirstSequence = 1;

    /// <summary>The largest uncompressed block that a reader accepts.</summary>
    public const int MaxRawLength = 64 << 20;

    /// <summary>The most bytes that the key, the value and the tags of a put take together, whatever a log's options are.</summary>
    public const int MaxRecordLength = 16 << 20;

    public static long AlignUp(long length) => (length + Alignment - 1) & -Alignment;

    public static int AlignUp(int length) => (length + Alignment - 1) & -Alignment;
}
