using FastCache.Bench.Workloads;
using FastCache.Persistence;

namespace FastCache.Bench.Codec;

/// <summary>Raw blocks, of JSON if nothing else is given, and what a codec has made of them.</summary>
internal sealed class CodecBlocks
{
    private readonly byte[] _raw;
    private readonly byte[][] _encoded;
    private readonly int _blockSize;

    public CodecBlocks(int count, int blockSize, IBlockCodec codec)
        : this(JsonRecords.Create(count * blockSize, seed: 1), blockSize, codec)
    {
    }

    public CodecBlocks(byte[] raw, int blockSize, IBlockCodec codec)
    {
        _blockSize = blockSize;
        _raw = raw;
        _encoded = new byte[raw.Length / blockSize][];
        byte[] room = new byte[2 * blockSize];
        for (int block = 0; block < _encoded.Length; block++)
        {
            int length = codec.Encode(Raw(block), room);
            EncodedBytes += length;
            _encoded[block] = room[..length];
        }
    }

    public long EncodedBytes { get; }

    /// <summary>Encoded bytes to raw bytes.</summary>
    public double Share => EncodedBytes / (double)_raw.Length;

    public ReadOnlySpan<byte> Raw(int block) => _raw.AsSpan(block * _blockSize, _blockSize);

    public ReadOnlySpan<byte> Encoded(int block) => _encoded[block];
}
