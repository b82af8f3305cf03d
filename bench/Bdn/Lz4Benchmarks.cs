using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using FastCache.Bench.Codec;
using FastCache.Bench.Workloads;
using FastCache.Persistence.Lz4;
using FastCache.Tests.Persistence.Lz4;

namespace FastCache.Bench.Bdn;

/// <summary>
/// A block of the log, compressed and back: JSON, and random bytes, which cannot be compressed and which the log so stores as they are.
/// Beside a copy of the block, and beside the tests' decoder, which takes one byte at a time.
/// </summary>
[MemoryDiagnoser]
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory, BenchmarkLogicalGroupRule.ByParams)]
public class Lz4Benchmarks
{
    private const int Blocks = 64;

    private CodecBlocks _blocks = null!;
    private byte[] _encoded = [];
    private byte[] _decoded = [];
    private int _next;

    public enum BlockContent
    {
        Json,
        Random,
    }

    public static IEnumerable<int> BlockSizes => BdnScale.Choose(small: [64 << 10], full: [4 << 10, 64 << 10, 1 << 20]);

    [ParamsAllValues]
    public BlockContent Content { get; set; }

    [ParamsSource(nameof(BlockSizes))]
    public int BlockSize { get; set; }

    [GlobalSetup]
    public void Encode()
    {
        byte[] raw = JsonRecords.Create(Blocks * BlockSize, seed: 1);
        if (Content == BlockContent.Random)
        {
            new Random(1).NextBytes(raw);
        }

        _blocks = new CodecBlocks(raw, BlockSize, Lz4BlockCodec.Shared);
        _encoded = new byte[BlockSize];
        _decoded = new byte[BlockSize];
        for (int block = 0; block < Blocks; block++)
        {
            VerifyDecoded(block, Lz4BlockCodec.Shared.TryDecode(_blocks.Encoded(block), _decoded));
            VerifyDecoded(block, OracleDecoder.TryDecode(_blocks.Encoded(block), _decoded));
        }
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("encode")]
    public void Copy() => _blocks.Raw(NextBlock()).CopyTo(_decoded);

    [Benchmark]
    [BenchmarkCategory("encode")]
    public void Lz4Encode()
    {
        int length = Lz4BlockCodec.Shared.Encode(_blocks.Raw(NextBlock()), _encoded);
        Verify.That(length > 0 == (Content == BlockContent.Json), "JSON has not fit, or random bytes have.");
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("decode")]
    public void OracleDecode() => Verify.That(OracleDecoder.TryDecode(_blocks.Encoded(NextBlock()), _decoded), "A block is damaged.");

    [Benchmark]
    [BenchmarkCategory("decode")]
    public void Lz4Decode() => Verify.That(Lz4BlockCodec.Shared.TryDecode(_blocks.Encoded(NextBlock()), _decoded), "A block is damaged.");

    private int NextBlock() => _next++ & (Blocks - 1);

    private void VerifyDecoded(int block, bool isWhole) =>
        Verify.That(isWhole && _blocks.Raw(block).SequenceEqual(_decoded), "A block was not decoded to what it had been.");
}
