using FastCache.Persistence.Format;
using FsCheck;
using FsCheck.Fluent;

namespace FastCache.Tests.Persistence.Format;

/// <summary>Draws headers with anything in each field that a writer may put there, the least and the most often.</summary>
internal static class HeaderFields
{
    public static Gen<ulong> Word { get; } = Gen.Frequency(
        (1, Gen.Elements(0UL, 1UL, 0x80UL, uint.MaxValue, 1UL << 63, ulong.MaxValue)),
        (3, Gen.Two(Gen.Choose(int.MinValue, int.MaxValue)).Select(static pair => ((ulong)(uint)pair.Item1 << 32) | (uint)pair.Item2)));

    public static Gen<uint> HalfWord { get; } = Word.Select(static word => (uint)(word ^ (word >> 32)));

    public static Arbitrary<SegmentHeader> SegmentHeaders { get; } = Arb.From(
        from features in Gen.Three(HalfWord)
        from words in Gen.ArrayOf(Word, 9)
        from salt in HalfWord
        select new SegmentHeader
        {
            Features = new FeatureBits(features.Item1, features.Item2, features.Item3),
            LogId = words[0],
            SegmentId = words[1],
            FirstSequence = words[2],
            PreviousSequence = words[3],
            FloorSequence = words[4],
            DurableSequence = words[5],
            UtcTicks = (long)words[6],
            KeyFormat = words[7],
            ValueFormat = words[8],
            Salt = salt,
        });

    public static Arbitrary<BlockHeader> BlockHeaders { get; } = Arb.From(
        from kind in Gen.Choose(0, byte.MaxValue)
        from codec in Gen.Choose(0, byte.MaxValue)
        from raw in Gen.Frequency((1, Gen.Elements(0, 1, LogFormat.MaxRawLength)), (3, Gen.Choose(0, 1 << 20)))
        from stored in Gen.Choose((raw + 254) / 255, raw)
        from records in Gen.Choose(0, raw)
        from checksums in Gen.Two(HalfWord)
        from words in Gen.Three(Word)
        select new BlockHeader
        {
            Kind = (BlockKind)kind,
            Codec = (byte)codec,
            RecordCount = (uint)records,
            StoredLength = stored,
            RawLength = raw,
            StoredCrc = checksums.Item1,
            RawCrc = checksums.Item2,
            FirstSequence = Math.Min(words.Item1, ulong.MaxValue - (uint)records),
            DurableSequence = words.Item2,
            UtcTicks = (long)words.Item3,
        });
}
