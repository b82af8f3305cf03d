using FastCache.Persistence;
using FastCache.Persistence.Lz4;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Options;

public sealed class CacheLogOptionsTests
{
    [Fact]
    public async Task Every_fault_is_named_at_once()
    {
        var options = new CacheLogOptions<byte[], object>
        {
            Directory = " ",
            Durability = (LogDurability)9,
            BackPressure = (LogBackPressure)9,
            Recovery = (LogRecovery)9,
            FlushInterval = TimeSpan.Zero,
            BlockSize = 1,
            SegmentSize = 1,
            MaxRecordSize = 1,
            MaxStagedBytes = 1,
            Codec = null!,
        };

        var cache = new CacheOptions<byte[], object> { Capacity = 0, Comparer = EqualityComparer<byte[]>.Default };
        IReadOnlyList<string> faults = await FaultsAsync(cache, options);

        Assert.Equal(
            [
                "Capacity", "Directory", "KeySerializer", "KeySerializer", "ValueSerializer", "Durability", "BackPressure", "Recovery", "FlushInterval",
                "BlockSize", "SegmentSize", "MaxRecordSize", "MaxStagedBytes", "Codec",
            ],
            faults.Select(static fault => fault.Split(' ')[0]));
    }

    [Theory]
    [InlineData(4095, 1 << 20, 1 << 20, "BlockSize")]
    [InlineData((4 << 20) + 1, 1 << 20, 1 << 20, "BlockSize")]
    [InlineData(4096, (1 << 20) - 1, 1 << 20, "SegmentSize")]
    [InlineData(4096, (1L << 30) + 1, 1 << 20, "SegmentSize")]
    [InlineData(4096, 1 << 20, 1023, "MaxRecordSize")]
    [InlineData(4096, 1 << 20, (16 << 20) + 1, "MaxRecordSize")]
    public async Task A_size_beyond_its_range_is_refused(int blockSize, long segmentSize, int maxRecordSize, string option)
    {
        var options = new CacheLogOptions<int, int>
        {
            Directory = "unused",
            BlockSize = blockSize,
            SegmentSize = segmentSize,
            MaxLogSize = 8 * segmentSize,
            MaxRecordSize = maxRecordSize,
            MaxStagedBytes = 4 * blockSize,
        };

        Assert.StartsWith(option, Assert.Single(await FaultsAsync(Plain<int, int>(), options)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4096, 1 << 20, 1024, 10_000)]
    [InlineData(4 << 20, 1L << 30, 16 << 20, 3600 * TimeSpan.TicksPerSecond)]
    public async Task The_ends_of_the_ranges_are_in_them(int blockSize, long segmentSize, int maxRecordSize, long interval)
    {
        await using CacheLog<int, int> log = await CacheLog.OpenAsync(Plain<int, int>(), new CacheLogOptions<int, int>
        {
            Directory = "simulated",
            BlockSize = blockSize,
            SegmentSize = segmentSize,
            MaxRecordSize = maxRecordSize,
            MaxStagedBytes = 4 * blockSize,
            FlushInterval = TimeSpan.FromTicks(interval),
            OpenStorage = static _ => new SimulatedStorage(),
        });

        Assert.Equal(0, (await log.Restored).Restored);
    }

    [Fact]
    public async Task Fewer_staged_bytes_than_four_blocks_are_refused()
    {
        var options = new CacheLogOptions<int, int> { Directory = "unused", BlockSize = 8192, MaxStagedBytes = (4 * 8192) - 1 };

        Assert.StartsWith("MaxStagedBytes", Assert.Single(await FaultsAsync(Plain<int, int>(), options)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9_999)]
    [InlineData((3600 * TimeSpan.TicksPerSecond) + 1)]
    public async Task An_interval_beyond_its_range_is_refused(long ticks)
    {
        var options = new CacheLogOptions<int, int> { Directory = "unused", FlushInterval = TimeSpan.FromTicks(ticks) };

        Assert.StartsWith("FlushInterval", Assert.Single(await FaultsAsync(Plain<int, int>(), options)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_every_write_and_dropping_exclude_each_other()
    {
        var options = new CacheLogOptions<int, int>
        {
            Directory = "unused",
            Durability = LogDurability.EveryWrite,
            BackPressure = LogBackPressure.Drop,
        };

        Assert.StartsWith("BackPressure", Assert.Single(await FaultsAsync(Plain<int, int>(), options)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparer_needs_a_serializer_of_keys()
    {
        CacheOptions<string, int> cache = Plain<string, int>();
        cache.Comparer = StringComparer.OrdinalIgnoreCase;
        var options = new CacheLogOptions<string, int> { Directory = "simulated", OpenStorage = static _ => new SimulatedStorage() };

        Assert.StartsWith("KeySerializer", Assert.Single(await FaultsAsync(cache, options)), StringComparison.Ordinal);

        options.KeySerializer = new ScriptedSerializer<string>();
        await (await CacheLog.OpenAsync(cache, options)).DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(127)]
    public async Task A_codec_may_not_call_itself_what_is_reserved(byte id)
    {
        var options = new CacheLogOptions<int, int>
        {
            Directory = "unused",
            Codec = new ScriptedCodec { Id = id, Encoder = static (_, _) => 0 },
        };

        Assert.StartsWith("Codec", Assert.Single(await FaultsAsync(Plain<int, int>(), options)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_that_are_missing_are_named()
    {
        Assert.Equal(
            "cacheOptions",
            (await Assert.ThrowsAsync<ArgumentNullException>(async () => await CacheLog.OpenAsync(null!, new CacheLogOptions<int, int>()))).ParamName);
        Assert.Equal(
            "logOptions",
            (await Assert.ThrowsAsync<ArgumentNullException>(async () => await CacheLog.OpenAsync<int, int>(Plain<int, int>(), null!))).ParamName);
        Assert.Equal("typeInfo", Assert.Throws<ArgumentNullException>(static () => LogSerializer.Json<int>(null!)).ParamName);
    }

    [Fact]
    public async Task Keys_that_are_null_are_refused_and_nothing_is_left_waiting()
    {
        await using CacheLog<string, int> log = await CacheLog.OpenAsync(
            Plain<string, int>(),
            new CacheLogOptions<string, int> { Directory = "simulated", OpenStorage = static _ => new SimulatedStorage() });

        await Assert.ThrowsAsync<ArgumentNullException>(async () => await log.SetAsync(null!, 1));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await log.TryRemoveAsync(null!));
        Assert.True(await log.SetAsync("", 1));
    }

    [Fact]
    public async Task A_fault_of_the_caches_options_is_found_before_anything_is_opened()
    {
        using var storage = new SimulatedStorage();
        var options = new CacheLogOptions<int, int> { Directory = "simulated", OpenStorage = _ => storage };

        IReadOnlyList<string> faults = await FaultsAsync(new CacheOptions<int, int> { Capacity = -1 }, options);

        Assert.StartsWith("Capacity", Assert.Single(faults), StringComparison.Ordinal);
        Assert.Equal(0, storage.Boundaries);
    }

    private static CacheOptions<TKey, TValue> Plain<TKey, TValue>()
        where TKey : notnull
        => new() { Capacity = 10 };

    private static async Task<IReadOnlyList<string>> FaultsAsync<TKey, TValue>(CacheOptions<TKey, TValue> cache, CacheLogOptions<TKey, TValue> options)
        where TKey : notnull
        => (await Assert.ThrowsAsync<CacheOptionsException>(async () => await CacheLog.OpenAsync(cache, options))).Faults;
}
