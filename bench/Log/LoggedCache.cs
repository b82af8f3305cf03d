using FastCache.Persistence;
using FastCache.Persistence.Lz4;

namespace FastCache.Bench.Log;

/// <summary>Opens the caches that are measured.</summary>
internal static class LoggedCache
{
    public static readonly IBlockCodec[] Codecs = [new StoredRaw(), BlockCodecs.Default];

    public static string NameOf(IBlockCodec codec) => codec is StoredRaw ? "raw" : "LZ4";

    public static CacheOptions<Guid, byte[]> CacheOptions(int capacity) => new() { Capacity = capacity, InitialCapacity = capacity, HashSeed = 1 };

    public static CacheLog<Guid, byte[]> Open(
        string directory, IBlockCodec codec, int capacity, LogDurability durability = LogDurability.Interval, bool startsSmall = false)
        => CacheLog.OpenAsync(
            startsSmall ? new CacheOptions<Guid, byte[]> { Capacity = capacity, HashSeed = 1 } : CacheOptions(capacity),
            new CacheLogOptions<Guid, byte[]> { Directory = directory, Codec = codec, Durability = durability })
            .AsTask().GetAwaiter().GetResult();

    public static void Close(CacheLog<Guid, byte[]> log) => log.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
