namespace FastCache.Persistence.Lz4;

/// <summary>The codecs that this build holds.</summary>
internal static class BlockCodecs
{
    /// <summary>In a block's header: an LZ4 block, whoever wrote it.</summary>
    public const byte Lz4Id = 1;

    /// <summary>What a log uses that was not told otherwise; <c>-p:Lz4Provider=K4os</c> builds the other one.</summary>
    public static IBlockCodec Default =>
#if LZ4_K4OS
        K4osBlockCodec.Shared;
#else
        Lz4BlockCodec.Shared;
#endif
}
