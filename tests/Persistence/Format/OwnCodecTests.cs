using System.Buffers.Binary;
using FastCache.Persistence;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Format;

/// <summary>Blocks that an application's own codec has compressed.</summary>
public sealed class OwnCodecTests
{
    [Theory]
    [InlineData(128)]
    [InlineData(255)]
    public async Task What_it_has_compressed_ten_thousandfold_comes_back(byte id)
    {
        var time = new ManualTimeProvider();
        using var storage = new SimulatedStorage();
        CacheLog<int, string> log = Open(storage, time, id);
        log.Cache.Set(1, new string('x', 50_000));
        await log.DisposeAsync();
        Assert.InRange(log.Statistics.StoredBytes, 1, 100);

        using var again = new SimulatedStorage(storage.Snapshot());
        CacheLog<int, string> reopened = Open(again, time, id);

        Assert.Equal(new string('x', 50_000), reopened.Cache.ToArray().Single().Value);
    }

    private static CacheLog<int, string> Open(SimulatedStorage storage, ManualTimeProvider time, byte id)
        => SimulatedLog.Open<int, string>(storage, time, seed: 1, options => options.Codec = new LastRunCodec(id));

    /// <summary>Of the run of equal bytes at the end, keeps the length.</summary>
    private sealed class LastRunCodec(byte id) : IBlockCodec
    {
        public byte Id => id;

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
            int kept = encoded.Length - sizeof(int);
            if (kept < 1 || kept > raw.Length || BinaryPrimitives.ReadInt32LittleEndian(encoded[kept..]) != raw.Length - kept)
            {
                return false;
            }

            encoded[..kept].CopyTo(raw);
            raw[kept..].Fill(encoded[kept - 1]);
            return true;
        }
    }
}
