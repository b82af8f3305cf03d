using System.Buffers.Binary;
using FastCache.Persistence;
using FastCache.Persistence.Format;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Format;

/// <summary>Blocks that an application's own codec has compressed.</summary>
public sealed class OwnCodecTests
{
    private static readonly string Value = new('x', 50_000);

    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(128)]
    [InlineData(255)]
    public async Task What_it_has_compressed_ten_thousandfold_comes_back(byte id)
    {
        using SimulatedStorage storage = await WriteAsync(id);

        CacheLog<int, string> log = Open(storage, new LastRunCodec(id));

        Assert.Equal(Value, log.Cache.ToArray().Single().Value);
    }

    [Fact]
    public async Task It_is_not_asked_to_decode_bytes_that_are_damaged()
    {
        using SimulatedStorage storage = await WriteAsync(id: 128);
        storage.Flip("0000000000000001.seg", SegmentHeader.Length + BlockHeader.Length + 5, 0x01);
        var codec = new LastRunCodec(id: 128);

        CacheLog<int, string> log = Open(storage, codec);

        Assert.Equal(1, (await log.Restored).Missing);
        Assert.Empty(log.Cache.ToArray());
        Assert.Equal(0, codec.Decodings);
    }

    [Fact]
    public async Task What_it_decodes_wrongly_is_left_out()
    {
        using SimulatedStorage storage = await WriteAsync(id: 128);
        var codec = new LastRunCodec(id: 128) { IsFaulty = true };

        CacheLog<int, string> log = Open(storage, codec);

        Assert.Equal(1, (await log.Restored).Missing);
        Assert.Empty(log.Cache.ToArray());
        Assert.Equal(1, codec.Decodings);
    }

    private async Task<SimulatedStorage> WriteAsync(byte id)
    {
        using var storage = new SimulatedStorage();
        CacheLog<int, string> log = Open(storage, new LastRunCodec(id));
        log.Cache.Set(1, Value);
        await log.DisposeAsync();
        Assert.InRange(log.Statistics.StoredBytes, 1, 100);
        return new SimulatedStorage(storage.Snapshot());
    }

    private CacheLog<int, string> Open(SimulatedStorage storage, IBlockCodec codec)
        => SeededLog.Open<int, string>(storage, _time, seed: 1, options => options.Codec = codec);

    /// <summary>Of the run of equal bytes at the end, keeps the length.</summary>
    private sealed class LastRunCodec(byte id) : IBlockCodec
    {
        public byte Id => id;

        /// <summary>How often it was asked to decode.</summary>
        public int Decodings { get; private set; }

        /// <summary>Whether it decodes to something else.</summary>
        public bool IsFaulty { get; init; }

        public int Encode(ReadOnlySpan<byte> raw, Span<byte> destination)
        {
            int kept = raw.LastIndexOfAnyExcept(raw[^1]) + 2;
            if (kept + sizeof(int) > destination.Length)
            {
                return 0;
            }

            raw[..kept].CopyTo(destination);
            BinaryPrimitives.WriteInt32LittleEndian(destination[kept..], raw.Length - kept);
            return kept + sizeof(int);
        }

        public bool TryDecode(ReadOnlySpan<byte> encoded, Span<byte> raw)
        {
            Decodings++;
            int kept = encoded.Length - sizeof(int);
            if (kept < 1 || kept > raw.Length || BinaryPrimitives.ReadInt32LittleEndian(encoded[kept..]) != raw.Length - kept)
            {
                return false;
            }

            encoded[..kept].CopyTo(raw);
            raw[kept..].Fill((byte)(encoded[kept - 1] + (IsFaulty ? 1 : 0)));
            return true;
        }
    }
}
