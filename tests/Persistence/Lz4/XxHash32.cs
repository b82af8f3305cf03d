using System.Buffers.Binary;
using System.Numerics;

namespace FastCache.Tests.Persistence.Lz4;

/// <summary>xxHash of 32 bits with seed 0, from its published description: the checksum in headers of LZ4 frames.</summary>
internal static class XxHash32
{
    private const uint Prime1 = 2654435761;
    private const uint Prime2 = 2246822519;
    private const uint Prime3 = 3266489917;
    private const uint Prime4 = 668265263;
    private const uint Prime5 = 374761393;

    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        uint length = (uint)bytes.Length;
        uint hash = Prime5;
        if (bytes.Length >= 16)
        {
            Span<uint> lanes = [unchecked(Prime1 + Prime2), Prime2, 0, unchecked(0 - Prime1)];
            for (; bytes.Length >= 16; bytes = bytes[16..])
            {
                for (int i = 0; i < lanes.Length; i++)
                {
                    lanes[i] = BitOperations.RotateLeft(lanes[i] + (Word(bytes[(i * 4)..]) * Prime2), 13) * Prime1;
                }
            }

            hash = BitOperations.RotateLeft(lanes[0], 1) + BitOperations.RotateLeft(lanes[1], 7)
                + BitOperations.RotateLeft(lanes[2], 12) + BitOperations.RotateLeft(lanes[3], 18);
        }

        hash += length;
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            hash = BitOperations.RotateLeft(hash + (Word(bytes) * Prime3), 17) * Prime4;
        }

        foreach (byte rest in bytes)
        {
            hash = BitOperations.RotateLeft(hash + (rest * Prime5), 11) * Prime1;
        }

        hash = (hash ^ (hash >> 15)) * Prime2;
        hash = (hash ^ (hash >> 13)) * Prime3;
        return hash ^ (hash >> 16);
    }

    private static uint Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
