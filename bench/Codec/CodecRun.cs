using FastCache.Bench.Reporting;
using FastCache.Bench.Timing;
using FastCache.Persistence;
using FastCache.Persistence.Format;
using FastCache.Persistence.Lz4;
using FastCache.Tests.Persistence.Lz4;

namespace FastCache.Bench.Codec;

/// <summary>What the log does with the bytes of a block, beside a copy of them.</summary>
internal sealed class CodecRun
{
    public const int Steps = 1;

    private const string Json = "json";
    private const string Ours = nameof(Lz4BlockCodec);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    private readonly Report _report;
    private readonly int _count;
    private readonly int _blockSize;
    private readonly int _rounds;
    private readonly CodecBlocks _blocks;
    private readonly byte[] _encoded;
    private readonly byte[] _decoded;
    private readonly List<CodecJob> _jobs;
    private readonly CodecJob _copy;
    private readonly CodecJob _oracle;
    private bool _isValid = true;
    private uint _checksum;

    public CodecRun(Report report, int count, int blockSize, int rounds)
    {
        _report = report;
        _count = count;
        _blockSize = blockSize;
        _rounds = rounds;
        _blocks = new CodecBlocks(count, blockSize, Lz4BlockCodec.Shared);
        _encoded = new byte[2 * blockSize];
        _decoded = new byte[blockSize];
        _copy = new CodecJob("copy", "copy_rate", "copy", block => _blocks.Raw(block).CopyTo(_decoded));
        _oracle = Decoding("oracle", "decode, the tests' oracle", _blocks, OracleDecoder.TryDecode);
        _jobs =
        [
            _copy,
            Encoding(Ours, "encode", Lz4BlockCodec.Shared),
            Decoding(Ours, "decode", _blocks, Lz4BlockCodec.Shared.TryDecode),
            Decoding("safe", "decode, with spans alone", _blocks, static (encoded, raw) => Lz4SafeDecoder.TryDecode(encoded, raw)),
            _oracle,
            new CodecJob("CRC32C", "checksum_rate", "checksum", block => _checksum ^= Crc32C.Compute(0, _blocks.Raw(block))),
        ];
        if (BlockCodecs.Default is not Lz4BlockCodec)
        {
            IBlockCodec other = BlockCodecs.Default;
            string name = other.GetType().Name;
            _jobs.Add(Encoding(name, $"encode, {name}", other));
            _jobs.Add(Decoding(name, $"decode, {name}", new CodecBlocks(count, blockSize, other), other.TryDecode));
        }
    }

    private delegate bool Decoder(ReadOnlySpan<byte> encoded, Span<byte> raw);

    /// <returns>Whether all blocks were what they had been.</returns>
    public bool Execute()
    {
        _report.Progress.Step($"codec: {Format.Count(_count)} blocks");
        WarmUpAll();
        for (int round = 0; round < _rounds; round++)
        {
            foreach (CodecJob job in TurnOrder.Of(_jobs, round))
            {
                job.Rates.Add(job.TakeTurn(_count, _blockSize));
            }
        }

        _report.Heading("Codec");
        _report.Line($"{Format.Count(_count)} blocks of {Format.Count(_blockSize)} bytes of JSON, encoded to {Format.Share(_blocks.Share)}. Rates are of raw");
        _report.Line($"bytes, medians of {_rounds} rounds; how many times as fast is from the same rounds.");
        _report.Line();
        TextTable table = new(
            _report, new Column("work", 28, IsText: true), new Column("MB/s", 8), new Column("copy, to this", 24), new Column("this, to the oracle", 22));
        table.WriteHeader();
        foreach (CodecJob job in _jobs)
        {
            bool isDecoder = job.Metric == _oracle.Metric;
            table.Row(
                job.Text,
                Format.Fixed(Spread.Of(job.Rates).Median, 0),
                Spread.OfRatios(_copy.Rates, job.Rates).ToString(),
                isDecoder ? Spread.OfRatios(job.Rates, _oracle.Rates).ToString() : "");
            Add(job, isDecoder ? _oracle : _copy);
        }

        AddShare();
        if (!_isValid)
        {
            _report.Warn("INVALID: a block was not decoded to what it had been.");
        }

        return _isValid;
    }

    /// <summary>Until everything is compiled as it stays.</summary>
    private void WarmUpAll()
    {
        for (int turn = 0; turn < 5; turn++)
        {
            _jobs.ForEach(job => job.TakeTurn(_count, _blockSize));
        }

        Thread.Sleep(WarmUp);
        _jobs.ForEach(job => job.TakeTurn(_count, _blockSize));
    }

    private CodecJob Encoding(string contestant, string text, IBlockCodec codec) =>
        new(contestant, "encode_rate", text, block => _isValid &= codec.Encode(_blocks.Raw(block), _encoded) != 0);

    private CodecJob Decoding(string contestant, string text, CodecBlocks blocks, Decoder decode)
    {
        for (int block = 0; block < _count; block++)
        {
            _isValid &= decode(blocks.Encoded(block), _decoded) && blocks.Raw(block).SequenceEqual(_decoded);
        }

        return new CodecJob(contestant, "decode_rate", text, block => _isValid &= decode(blocks.Encoded(block), _decoded));
    }

    private void Add(CodecJob job, CodecJob baseline) => _report.Add(new Measurement
    {
        { "verb", "codec" },
        { "workload", Json },
        { "block_size", _blockSize },
        { "contestant", job.Contestant },
        { "metric", job.Metric },
        { "value", Spread.Of(job.Rates).Median },
        { "unit", "MB/s" },
        { baseline.Contestant, Spread.OfRatios(job.Rates, baseline.Rates) },
    });

    private void AddShare() => _report.Add(new Measurement
    {
        { "verb", "codec" },
        { "workload", Json },
        { "block_size", _blockSize },
        { "contestant", Ours },
        { "metric", "encoded_share" },
        { "value", _blocks.Share },
        { "unit", "share" },
    });
}
