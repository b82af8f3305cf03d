using System.Numerics;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using FastCache.Persistence.Format;

namespace FastCache.Bench.Bdn;

/// <summary>The checksum of the log, in three lanes, beside the processor's instruction called word by word.</summary>
[MemoryDiagnoser]
public class Crc32CBenchmarks
{
    private byte[] _bytes = [];

    public static IEnumerable<int> Lengths => BdnScale.Choose(small: [64, 64 << 10], full: [64, 1 << 10, 4 << 10, 64 << 10, 1 << 20]);

    [ParamsSource(nameof(Lengths))]
    public int Length { get; set; }

    [GlobalSetup]
    public void Draw()
    {
        _bytes = new byte[Length];
        new Random(1).NextBytes(_bytes);
        Verify.That(WordByWord() == Checksum(), "The two disagree.");
    }

    [Benchmark(Baseline = true)]
    public uint WordByWord()
    {
        uint state = uint.MaxValue;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(_bytes))
        {
            state = BitOperations.Crc32C(state, word);
        }

        return ~state;
    }

    [Benchmark]
    public uint Checksum() => Crc32C.Compute(seed: 0, _bytes);
}
