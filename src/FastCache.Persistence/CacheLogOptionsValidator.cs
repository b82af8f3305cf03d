using FastCache.Persistence.Format;

namespace FastCache.Persistence;

/// <summary>Finds everything that is wrong with a log's options and its cache's, before anything is opened.</summary>
internal static class CacheLogOptionsValidator
{
    private const int KiB = 1 << 10;
    private const int MiB = 1 << 20;
    private const long MaxSegmentSize = 1024L * MiB;

    /// <exception cref="CacheOptionsException">At least one option is out of its range.</exception>
    public static void Validate<TKey, TValue>(CacheOptions<TKey, TValue> cache, CacheLogOptions<TKey, TValue> options)
        where TKey : notnull
    {
        List<string> faults = [];
        CacheOptionsValidator.AddFaults(cache, faults);
        if (string.IsNullOrWhiteSpace(options.Directory))
        {
            faults.Add("Directory is empty; it must name the directory of the log.");
        }

        RequireSerializers(cache, options, faults);
        RequireMember(nameof(options.Durability), options.Durability, faults);
        RequireMember(nameof(options.BackPressure), options.BackPressure, faults);
        RequireMember(nameof(options.Recovery), options.Recovery, faults);
        if (options.FlushInterval < TimeSpan.FromMilliseconds(1) || options.FlushInterval > TimeSpan.FromHours(1))
        {
            faults.Add($"FlushInterval is {options.FlushInterval}; it must be from one millisecond to one hour.");
        }

        bool isTiny = options.AllowsTinySizes;
        RequireRange(nameof(options.BlockSize), options.BlockSize, isTiny ? 64 : 4 * KiB, 4 * MiB, faults);
        RequireRange(nameof(options.SegmentSize), options.SegmentSize, isTiny ? 256 : MiB, MaxSegmentSize, faults);
        long maxSegmentSize = Math.Clamp(options.SegmentSize, 0, MaxSegmentSize);
        RequireRange(nameof(options.MaxLogSize), options.MaxLogSize, isTiny ? maxSegmentSize : 4 * maxSegmentSize, long.MaxValue, faults);
        RequireRange(nameof(options.MaxRecordSize), options.MaxRecordSize, isTiny ? 64 : KiB, LogFormat.MaxRecordLength, faults);
        RequireRange(nameof(options.MaxStagedBytes), options.MaxStagedBytes, isTiny ? 64 : 4L * options.BlockSize, int.MaxValue, faults);
        if (options.Codec is null)
        {
            faults.Add("Codec is null; it must be a codec.");
        }
        else if (options.Codec.Id is 0 or (> Lz4.BlockCodecs.Lz4Id and < 128))
        {
            faults.Add($"Codec has the id {options.Codec.Id}; it must be 1 for LZ4, or 128 to 255.");
        }

        if (options.Durability == LogDurability.EveryWrite && options.BackPressure == LogBackPressure.Drop)
        {
            faults.Add("BackPressure is Drop and Durability EveryWrite; who waits for every write has nothing to drop.");
        }

        if (faults.Count > 0)
        {
            throw new CacheOptionsException(faults, nameof(options));
        }
    }

    private static void RequireSerializers<TKey, TValue>(
        CacheOptions<TKey, TValue> cache, CacheLogOptions<TKey, TValue> options, List<string> faults)
        where TKey : notnull
    {
        if (options.KeySerializer is null && !LogSerializer.TryGetForKeys<TKey>(out _))
        {
            faults.Add($"KeySerializer is null; there is no built-in one for keys of {typeof(TKey)}.");
        }

        if (options.KeySerializer is null && cache.Comparer is not null)
        {
            faults.Add("KeySerializer is null and the cache has a Comparer; it must turn keys that are equal by that into equal bytes.");
        }

        if (options.ValueSerializer is null && !LogSerializer.TryGet<TValue>(out _))
        {
            faults.Add($"ValueSerializer is null; there is no built-in one for {typeof(TValue)}. LogSerializer.Json makes one.");
        }
    }

    private static void RequireMember<T>(string name, T value, List<string> faults)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            faults.Add($"{name} is {value:D}; it must be a member of {typeof(T).Name}.");
        }
    }

    private static void RequireRange(string name, long value, long least, long most, List<string> faults)
    {
        if (value < least || value > most)
        {
            faults.Add($"{name} is {value}; it must be from {least} to {most}.");
        }
    }
}
